/**
 * What people see of a run: one line a document, a summary, and a bar on a terminal.
 */
import { SingleBar, Presets } from "cli-progress";
import type { DocumentReport } from "../contract/report.ts";
import type { Output } from "./command.ts";

/** `added      samples/a.txt  12 entities (5 new), 9 claims` */
export function reportLine(report: DocumentReport): string {
  const name = report.name.replaceAll(/\s+/g, " ");
  if (report.problem !== null) return `failed     ${name}: ${report.problem.message}`;
  const fresh = report.newEntities > 0 ? ` (${report.newEntities} new)` : "";
  const found = `${count(report.entities, "entity", "entities")}${fresh}, ${count(report.claims, "claim", "claims")}`;
  const warnings = report.warnings.map((warning) => `; ${warning}`).join("");
  return `${report.status.padEnd(10)} ${name}: ${found}${warnings}`;
}

export interface Tally {
  added: number;
  updated: number;
  unchanged: number;
  failed: number;
  newEntities: number;
  claims: number;
}

export function emptyTally(): Tally {
  return { added: 0, updated: 0, unchanged: 0, failed: 0, newEntities: 0, claims: 0 };
}

export function addToTally(tally: Tally, report: DocumentReport): void {
  tally[report.status] += 1;
  tally.newEntities += report.newEntities;
  if (report.status === "added") tally.claims += report.claims;
}

/** `3 documents: 2 added, 1 failed; 5 new entities, 14 claims.` */
export function summaryLine(tally: Tally): string {
  const documents = tally.added + tally.updated + tally.unchanged + tally.failed;
  const parts = (["added", "updated", "unchanged", "failed"] as const)
    .filter((status) => tally[status] > 0)
    .map((status) => `${tally[status]} ${status}`);
  const outcome = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  const gained =
    tally.added === 0
      ? ""
      : `; ${count(tally.newEntities, "new entity", "new entities")}, ${count(tally.claims, "claim", "claims")}`;
  return `${count(documents, "document", "documents")}${outcome}${gained}.`;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

export interface ProgressBar {
  step(): void;
  stop(): void;
}

/** A bar on standard error when it is a terminal, else nothing. */
export function progressBar(output: Output, total: number): ProgressBar {
  if (!output.isTerminal || total === 0) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: "{bar} {value}/{total} documents, {eta_formatted} left", stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
