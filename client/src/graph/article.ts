/**
 * An article as the reader shows it: paragraphs of segments, each plain or a mention, lit when it stands in the quoted sentence.
 * Text is cut, never changed: the segments of a document joined by its line ends are its text.
 */
import type { Mention, Span } from "../../../server/contract/extraction.ts";

export interface Segment {
  text: string;
  /** Offset in the document's text. */
  start: number;
  /** Entity that the segment mentions. */
  entity: string | null;
  named: boolean;
  /** Stands in the highlighted span. */
  lit: boolean;
  /** An end of the highlighted claim. */
  end: "subject" | "object" | null;
}

export interface Highlight {
  span: Span;
  subject: Span | null;
  object: Span | null;
}

export interface Paragraph {
  start: number;
  segments: Segment[];
}

export function paragraphsOf(
  text: string,
  mentions: readonly Pick<Mention, "entity" | "start" | "end" | "named">[],
  highlight: Highlight | null,
): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    if (line[0].trim() === "") continue;
    const start = line.index;
    const segments = segmentsOf(text, [start, start + line[0].length], mentions, highlight);
    paragraphs.push({ start, segments });
  }
  return paragraphs;
}

function segmentsOf(
  text: string,
  [from, to]: Span,
  mentions: readonly Pick<Mention, "entity" | "start" | "end" | "named">[],
  highlight: Highlight | null,
): Segment[] {
  const inside = mentions.filter((mention) => mention.start < to && mention.end > from);
  const cuts = new Set([from, to]);
  const cut = (offset: number) => {
    if (offset > from && offset < to) cuts.add(offset);
  };
  for (const { start, end } of inside) {
    cut(start);
    cut(end);
  }
  for (const span of highlight === null ? [] : [highlight.span, highlight.subject, highlight.object]) {
    if (span === null) continue;
    cut(span[0]);
    cut(span[1]);
  }
  const offsets = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [index, start] of offsets.entries()) {
    const end = offsets[index + 1];
    if (end === undefined) break;
    const mention = inside.find((candidate) => candidate.start <= start && candidate.end >= end);
    segments.push({
      text: text.slice(start, end),
      start,
      entity: mention?.entity ?? null,
      named: mention?.named ?? false,
      lit: highlight !== null && within(start, end, highlight.span),
      end: endOf(start, end, highlight),
    });
  }
  return segments;
}

function endOf(start: number, end: number, highlight: Highlight | null): Segment["end"] {
  if (highlight === null) return null;
  if (highlight.subject !== null && within(start, end, highlight.subject)) return "subject";
  if (highlight.object !== null && within(start, end, highlight.object)) return "object";
  return null;
}

function within(start: number, end: number, [from, to]: Span): boolean {
  return start >= from && end <= to;
}
