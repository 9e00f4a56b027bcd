/**
 * Document → Extraction with a loaded model: sentences, mentions, entities, claims, then what rules add (who says it, when).
 * Runs inside the worker (`extraction-worker.ts`).
 */
import type { Document } from "../contract/document.ts";
import type { Extraction } from "../contract/extraction.ts";
import type { NodeType } from "../contract/ontology.ts";
import { antecedentPairs, chooseAntecedents } from "./antecedents.ts";
import { assemble, type LocatedClaim } from "./assemble.ts";
import { createHeadNouns, type HeadNouns } from "./description-heads.ts";
import { findEntities, type DraftEntity, type KnownTypes } from "./entities.ts";
import type { OntologyMask } from "./ontology-mask.ts";
import { candidatePairs } from "./pairs.ts";
import { withoutRivals } from "./rival-claims.ts";
import { claimsOfWindow } from "./scored-claims.ts";
import { splitSentences } from "./sentences.ts";
import type { EncodedWindow, Model } from "./session.ts";
import { placeWindows, tagWindows, type FoundMention, type Tagged, type Window } from "./tagging.ts";
import { readTelling } from "./telling.ts";
import { fillWindows, tokenise } from "./windows.ts";

export interface AnalyseParts {
  model: Model;
  mask: OntologyMask;
  knownTypes: KnownTypes;
  /** Written to the extraction. */
  version: string;
}

/**
 * @param checkpoint called between steps; throws to stop.
 * @throws AppError `model_unavailable`
 */
export async function analyse(document: Document, parts: AnalyseParts, checkpoint: () => void): Promise<Extraction> {
  const { text } = document;
  const { model } = parts;
  const sentences = splitSentences(text);
  const tokenised = tokenise(text, sentences, model.tokenizer);
  const windows = placeWindows(fillWindows(tokenised, model.manifest.limits.windowPieces));
  const tagged = await tagWindows(text, windows, model, checkpoint);
  const mentions = withoutOverlaps(tagged.mentions);
  const { entities, entityOf } = findEntities(
    text,
    mentions.filter((mention) => mention.named),
    parts.knownTypes,
  );
  const resolved = new Map<FoundMention, number>(entityOf);
  const nouns = createHeadNouns(entities, document.language);
  const claims: LocatedClaim[] = [];
  const byWindow = windows.map((): FoundMention[] => []);
  for (const mention of mentions) byWindow[mention.window]?.push(mention);
  for (const [index, window] of windows.entries()) {
    checkpoint();
    const inWindow = byWindow[index] ?? [];
    if (inWindow.length > 0) {
      const context = { text, tagged, resolved, entities, nouns };
      claims.push(...(await relateWindow(index, window, inWindow, context, parts)));
    }
  }
  const kept = mentions.filter((mention) => resolved.has(mention));
  const indexOf = (mention: FoundMention): number => resolved.get(mention) ?? -1;
  const told = kept.map((mention) => ({
    start: mention.start,
    end: mention.end,
    isEvent: entities[indexOf(mention)]?.type === "Event",
  }));
  const telling = readTelling(text, sentences, told, document.language, document.publishedAt);
  return assemble(document, parts.version, { entities, mentions: kept, indexOf, claims, telling });
}

/** Compatibility forms can make two words of one character: of two mentions on the same stretch the first one stays. */
function withoutOverlaps(mentions: readonly FoundMention[]): FoundMention[] {
  const kept: FoundMention[] = [];
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start >= (kept.at(-1)?.end ?? 0) && mention.start < mention.end) kept.push(mention);
  }
  return kept;
}

interface DocumentContext {
  text: string;
  tagged: Tagged;
  /** Mention → index of its entity; descriptions are added window by window. */
  resolved: Map<FoundMention, number>;
  entities: readonly DraftEntity[];
  nouns: HeadNouns;
}

/** The mentions of a window as the model takes them, with what is known of their entities by now. */
function viewOf(
  mentions: readonly FoundMention[],
  { resolved, entities }: DocumentContext,
  types: readonly NodeType[],
) {
  const entityOf = (mention: number): number | null => {
    const found = mentions[mention];
    return found === undefined ? null : (resolved.get(found) ?? null);
  };
  const typeOf = (mention: number): NodeType => {
    const entity = entities[entityOf(mention) ?? -1];
    return entity?.type ?? mentions[mention]?.type ?? "Organization";
  };
  const spans = mentions.map((mention, position) => ({
    first: mention.firstPiece,
    last: mention.lastPiece,
    type: types.indexOf(typeOf(position)),
    named: mention.named,
  }));
  return { entityOf, typeOf, spans };
}

/** Joins the window's descriptions with their antecedents, then scores its pairs. Adds to `resolved`. */
async function relateWindow(
  index: number,
  window: Window,
  mentions: readonly FoundMention[],
  context: DocumentContext,
  parts: AnalyseParts,
): Promise<LocatedClaim[]> {
  const states = await context.tagged.statesOf(index);
  await joinDescriptions(mentions, states, context, parts.model);
  const { limits, types } = parts.model.manifest;
  const related = mentions.filter((mention) => !mention.faint);
  const { entityOf, typeOf, spans } = viewOf(related, context, types);
  const pairs = candidatePairs(window, related, entityOf, limits.acrossPieces);
  if (pairs.length === 0) return [];
  const output = await parts.model.relate({ window: states, spans, pairs, antecedents: [] });
  const scored = claimsOfWindow(
    { mentions: related, pairs, output, entityOf, typeOf },
    parts.model.manifest,
    parts.mask,
  ).map((claim) => ({
    claim,
    type: claim.type,
    sentence: claim.sentence,
    subject: context.resolved.get(claim.subject) ?? -1,
    object: context.resolved.get(claim.object) ?? -1,
    confidence: claim.confidence,
  }));
  return withoutRivals(scored).flatMap(({ claim }) => {
    const last = window.sentences[claim.sentence];
    const first = window.sentences[claim.sentence - (claim.across ? 1 : 0)];
    return first === undefined || last === undefined ? [] : [{ ...claim, start: first.start, end: last.end }];
  });
}

async function joinDescriptions(
  mentions: readonly FoundMention[],
  states: EncodedWindow,
  context: DocumentContext,
  model: Model,
): Promise<void> {
  const { text, resolved, nouns } = context;
  const { limits, thresholds, types } = model.manifest;
  const references = antecedentPairs(mentions, limits.antecedentCandidates);
  if (references.length > 0) {
    const { entityOf, typeOf, spans } = viewOf(mentions, context, types);
    const { antecedents } = await model.relate({ window: states, spans, pairs: [], antecedents: references });
    const chosen = chooseAntecedents(mentions, references, antecedents, thresholds.antecedent, typeOf);
    for (const [mention, candidate] of chosen) {
      const found = mentions[mention];
      const entity = entityOf(candidate);
      if (found !== undefined && entity !== null) resolved.set(found, entity);
    }
  }
  for (const mention of mentions) {
    const own = resolved.get(mention);
    if (mention.named) {
      if (own !== undefined) nouns.readName(mention, own, text);
      continue;
    }
    // A noun that means one entity of the text is surer than a score.
    const entity = nouns.entityOf(mention) ?? own;
    if (entity === undefined) continue;
    resolved.set(mention, entity);
    nouns.remember(mention, entity);
  }
}
