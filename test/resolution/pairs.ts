/**
 * Labelled pairs of mentions: reads `data/corpus/identity/pairs.tsv` and makes an extraction of each side.
 */
import { readFile } from "node:fs/promises";
import type { Claim, Extraction, Span } from "../../server/contract/extraction.ts";
import { nodeTypeSchema, relationshipTypeSchema, type NodeType } from "../../server/contract/ontology.ts";

export const VERDICTS = ["same", "different", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface LabelledPair {
  /** Line in the file, from 1. */
  line: number;
  verdict: Verdict;
  trap: string;
  /** The mention is the first entity, `e1`, of each. */
  sides: readonly [Extraction, Extraction];
}

export async function readPairs(file = "data/corpus/identity/pairs.tsv"): Promise<LabelledPair[]> {
  const [, ...lines] = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((text, index) => {
    if (text.trim() === "") return [];
    const [verdict = "", trap = "", typeA = "", languageA = "", contextA = "", factsA = "", ...b] = text.split("\t");
    const [typeB = "", languageB = "", contextB = "", factsB = ""] = b;
    const line = index + 2;
    const sides = [
      side(`a${line}`, typeA, languageA, contextA, factsA),
      side(`b${line}`, typeB, languageB, contextB, factsB),
    ] as const;
    const known = VERDICTS.find((each) => each === verdict);
    if (known === undefined) throw new RangeError(`line ${line}: "${verdict}" is no verdict`);
    return [{ line, verdict: known, trap, sides }];
  });
}

function side(id: string, type: string, language: string, context: string, facts: string): Extraction {
  const entities: { id: string; type: NodeType; name: string; aliases: string[]; kind: null }[] = [
    { id: "e1", type: nodeTypeSchema.parse(type), name: "", aliases: [], kind: null },
  ];
  const mentions: Extraction["mentions"] = [];
  let text = "";
  for (const part of context.split(/(\{[^}]*\}|\[[^\]]*\])/)) {
    const marked = /^(?:\{(.*)\}|\[(\w+):(.*)\])$/.exec(part);
    if (marked === null) {
      text += part;
      continue;
    }
    const surface = marked[1] ?? marked[3] ?? "";
    let entity = "e1";
    const main = entities[0];
    if (marked[1] !== undefined && main !== undefined) {
      if (main.name === "") main.name = surface;
      else main.aliases.push(surface);
    } else {
      entity = `e${entities.length + 1}`;
      entities.push({ id: entity, type: nodeTypeSchema.parse(marked[2]), name: surface, aliases: [], kind: null });
    }
    const start = text.length;
    text += surface;
    mentions.push({ entity, start, end: text.length, surface, named: true, confidence: 1 });
  }
  const spanOf = (entity: string): Span => {
    const found = mentions.find((mention) => mention.entity === entity);
    if (found === undefined) throw new RangeError(`${id}: "${entity}" has no mention`);
    return [found.start, found.end];
  };
  const claims = facts
    .split("; ")
    .filter((fact) => fact !== "")
    .map((fact, index): Claim => {
      const read = /^([<>]) (\w+) (.*?)(?: @(\S+))?$/.exec(fact);
      const other = entities.find((entity) => entity.name === read?.[3]);
      if (read === null || other === undefined) throw new RangeError(`${id}: the fact "${fact}" cannot be read`);
      const [subject, object] = read[1] === ">" ? ["e1", other.id] : [other.id, "e1"];
      return {
        id: `c${index}`,
        type: relationshipTypeSchema.parse(read[2]),
        subject,
        object,
        subjectSpan: spanOf(subject),
        objectSpan: spanOf(object),
        start: 0,
        end: text.length,
        quote: text,
        polarity: "affirmed",
        modality: "asserted",
        former: false,
        saidBy: null,
        date: read[4] ?? null,
        confidence: 1,
      };
    });
  return {
    id,
    title: text,
    url: null,
    source: null,
    byline: null,
    language: language === "fr" ? "fr" : "en",
    publishedAt: null,
    mediaType: "text/plain",
    text,
    entities,
    mentions,
    claims,
    extractor: "human",
    warnings: [],
  };
}
