/**
 * JSON exports: one document for programs that read it whole, lines for those that stream, and the lines of `extract` that
 * `ingest` takes again.
 */
import type { ExportSource } from "./formats.ts";

/** `{nodes, edges, claims}` as on the wire. Claims carry their quotes and documents. */
export async function* json(source: ExportSource): AsyncGenerator<string> {
  yield '{"nodes":[';
  let separator = "\n";
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) {
      yield separator + JSON.stringify(node);
      separator = ",\n";
    }
  }
  yield '\n],"edges":[';
  separator = "\n";
  for await (const { edges } of source.pages()) {
    for (const edge of edges) {
      yield separator + JSON.stringify(edge);
      separator = ",\n";
    }
  }
  yield '\n],"claims":[';
  separator = "\n";
  for await (const claim of source.claims()) {
    yield separator + JSON.stringify(claim);
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** One object a line; `record` says which: `node`, `edge` or `claim`. */
export async function* jsonLines(source: ExportSource): AsyncGenerator<string> {
  for await (const { nodes, edges } of source.pages()) {
    for (const node of nodes) yield `${JSON.stringify({ record: "node", ...node })}\n`;
    for (const edge of edges) yield `${JSON.stringify({ record: "edge", ...edge })}\n`;
  }
  for await (const claim of source.claims()) yield `${JSON.stringify({ record: "claim", ...claim })}\n`;
}

export async function* extractionLines(source: ExportSource): AsyncGenerator<string> {
  for await (const extraction of source.extractions()) yield `${JSON.stringify(extraction)}\n`;
}
