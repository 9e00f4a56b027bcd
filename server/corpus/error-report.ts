/**
 * Annotated articles and extractions → one HTML page of errors, to be read by the person who improves the extractor: grouped by
 * type, most frequent first, each error in its sentence with the marks coloured. Self-contained, no script.
 */
import type { Extraction } from "../contract/extraction.ts";
import { claimErrors, mentionErrors, type FoundError, type Mark, type Verdict } from "./errors-found.ts";
import { alignAll } from "./evaluate.ts";
import type { GoldDocument } from "./gold-document.ts";

/** Of one type and verdict; a person who has read so many knows the pattern. */
const MAX_SHOWN = 200;

/** @throws AppError `invalid_input` when the two do not belong together (as `evaluate`) */
export function renderErrorReport(gold: readonly GoldDocument[], predicted: readonly Extraction[]): string {
  const alignments = alignAll(gold, predicted);
  const texts = new Map(gold.map(({ id, text }) => [id, text]));
  const version = predicted[0]?.extractor ?? "unknown";
  const claims = alignments.flatMap(claimErrors);
  const mentions = alignments.flatMap(mentionErrors);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Errors of ${escape(version)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Errors of ${escape(version)}</h1>
<p>${gold.length} annotated articles. <mark class="gold">annotated, not found</mark> <mark class="predicted">found, not annotated</mark></p>
${section("Relationships", claims, texts)}
${section("Mentions by name", mentions, texts)}
</body>
</html>
`;
}

const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ["missed", "missed"],
  ["false", "false"],
  ["differs", "found differently"],
];

function section(title: string, errors: readonly FoundError[], texts: ReadonlyMap<string, string>): string {
  const groups = new Map<string, FoundError[]>();
  for (const error of errors) groups.set(error.type, [...(groups.get(error.type) ?? []), error]);
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  const rows = sorted.map(([type, group]) => `<tr><th scope="row">${escape(type)}</th>${verdictCells(group)}</tr>`);
  const head = VERDICTS.map(([, label]) => `<th scope="col">${label}</th>`).join("");
  return `<section>
<h2>${title}</h2>
<table><thead><tr><th scope="col">type</th>${head}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table>
${sorted.map(([type, group]) => typeDetails(type, group, texts)).join("\n")}
</section>`;
}

function verdictCells(group: readonly FoundError[]): string {
  return VERDICTS.map(([verdict]) => `<td>${ofVerdict(group, verdict).length}</td>`).join("");
}

function ofVerdict(group: readonly FoundError[], verdict: Verdict): FoundError[] {
  return group.filter((error) => error.verdict === verdict);
}

function typeDetails(type: string, group: readonly FoundError[], texts: ReadonlyMap<string, string>): string {
  const parts = VERDICTS.flatMap(([verdict, label]) => {
    // What the extractor was surest of teaches most.
    const found = ofVerdict(group, verdict).sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0));
    if (found.length === 0) return [];
    const shown = found.slice(0, MAX_SHOWN).map((error) => item(error, texts.get(error.document) ?? ""));
    const more = found.length - shown.length;
    const rest = more > 0 ? `<p>… and ${more} more.</p>` : "";
    return [`<h4 class="${verdict}">${label} (${found.length})</h4>\n<ol>${shown.join("\n")}</ol>${rest}`];
  });
  return `<details><summary>${escape(type)} <small>${group.length}</small></summary>\n${parts.join("\n")}</details>`;
}

function item(error: FoundError, text: string): string {
  const confidence = error.confidence === null ? "" : ` <small>confidence ${error.confidence.toFixed(2)}</small>`;
  const reason = error.reason === null ? "" : ` <em>${escape(error.reason)}</em>`;
  return `<li><p class="what">${escape(error.summary)}${reason}${confidence} <small>${escape(error.document)}</small></p><blockquote>${marked(error, text)}</blockquote></li>`;
}

/** The passage with its marks. Marks may overlap: the text is cut at every edge, and each piece bears all marks that cover it. */
function marked({ passage, marks }: FoundError, text: string): string {
  const [start, end] = passage;
  const edges = [start, end, ...marks.flatMap(({ span }) => span)].filter((edge) => edge >= start && edge <= end);
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  return cuts
    .slice(0, -1)
    .map((from, index) =>
      piece(
        text.slice(from, cuts[index + 1]),
        marks.filter(({ span }) => span[0] <= from && span[1] > from),
      ),
    )
    .join("");
}

function piece(text: string, marks: readonly Mark[]): string {
  const [first] = marks;
  if (first === undefined) return escape(text);
  const classes = [...new Set(marks.map(({ kind }) => kind))].join(" ");
  const labels = marks.map(({ kind, label }) => `${kind === "gold" ? "annotated" : "found"}: ${label}`).join("; ");
  return `<mark class="${classes}" title="${escape(labels)}">${escape(text)}</mark>`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .8rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; font-weight: normal; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; font-weight: 600; }
small { color: GrayText; font-weight: normal; }
li { margin: .8rem 0; overflow-wrap: anywhere; }
.what { margin: 0; }
blockquote { margin: .2rem 0 0; padding-left: .8rem; border-left: 3px solid var(--line); font-family: Georgia, serif; }
mark { color: inherit; border-radius: .2rem; padding: 0 .1rem; }
mark.gold { background: #2e9e5b55; }
mark.predicted { background: #d9534f55; }
mark.gold.predicted { background: linear-gradient(#2e9e5b55 50%, #d9534f55 50%); }
`;
