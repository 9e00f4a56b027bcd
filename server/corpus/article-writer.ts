/**
 * GoldDocument → `*.ann.md`, the inverse of the parser: what it writes is read back as the same document.
 */
import type { GoldDocument, Statement } from "./gold-document.ts";

export function writeArticle(document: GoldDocument): string {
  const { id, language, publishedAt, topic, text, sentences } = document;
  const lines = [`# ${id} lang=${language} date=${publishedAt} topic=${topic}`];
  for (const { id: entity, type, name, aliases } of document.extraction.entities) {
    lines.push(`@${entity} ${type} ${[name, ...aliases].join(" | ")}`);
  }
  for (const [index, [start, end]] of sentences.entries()) {
    const previousEnd = sentences[index - 1]?.[1];
    if (previousEnd === undefined || text.slice(previousEnd, start) === "\n\n") lines.push("");
    lines.push(markedSentence(document, start, end));
    const statements = document.statements.filter((statement) => statement.sentence === index);
    if (statements.length > 0) lines.push(`> ${statements.map(writeStatement).join("; ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function markedSentence({ text, extraction }: GoldDocument, start: number, end: number): string {
  let line = "";
  let at = start;
  for (const mention of extraction.mentions) {
    if (mention.start < start || mention.end > end) continue;
    line += `${text.slice(at, mention.start)}[${mention.surface}](${mention.named ? "" : "~"}${mention.entity})`;
    at = mention.end;
  }
  return line + text.slice(at, end);
}

/** `e1 TOOK_DOWN e3 ?alleged @2019-11` */
export function writeStatement(statement: Statement): string {
  const { subject, type, object, polarity, modality, former, date, before } = statement;
  const marks = [
    polarity === "negated" ? "!" : null,
    modality === "asserted" ? null : `?${modality}`,
    former ? "former" : null,
    date === null ? null : `@${date}`,
    before === 0 ? null : `^${before}`,
  ];
  return [subject, type, object, ...marks.filter((mark) => mark !== null)].join(" ");
}
