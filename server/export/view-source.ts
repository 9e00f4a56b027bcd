/**
 * A saved view as a source of exports: its frozen copy, so that the file says what the view shows.
 */
import { shownInView, type SavedView } from "../contract/view.ts";
import { EXPORT_FORMATS, type ExportFormat, type ExportSource } from "./formats.ts";

/** A frozen copy holds no articles to read again. */
export type ViewFormat = Exclude<ExportFormat, "extractions">;
export const VIEW_FORMATS: readonly ViewFormat[] = EXPORT_FORMATS.filter(isViewFormat);

export function isViewFormat(format: ExportFormat): format is ViewFormat {
  return format !== "extractions";
}

export function viewSource(view: Pick<SavedView, "frozen" | "nodes" | "filter">): ExportSource {
  const { nodes, edges } = shownInView(view);
  const shown = new Set(edges.map(({ id }) => id));
  // A derived relationship and the statements that it follows from share their claims.
  const claims = new Map(
    view.frozen.quotes
      .filter(({ edge }) => shown.has(edge))
      .flatMap((quotes) => quotes.claims.map((one) => [one.id, one])),
  );
  return {
    async *pages() {
      yield await Promise.resolve({ nodes, edges });
    },
    async *claims() {
      yield* await Promise.resolve(claims.values());
    },
    async *extractions() {
      yield* await Promise.resolve([]);
    },
  };
}
