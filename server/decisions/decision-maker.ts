/**
 * From what a person asks for to the record that is kept: checks that it is possible and writes down what it is about, so that it
 * can be replayed and told later.
 */
import type { Action, ClaimChange, ClaimSnapshot, Decision, MentionPlace, Pin } from "../contract/decisions.ts";
import type { Span } from "../contract/extraction.ts";
import type { EntityReference, GraphNode, StoredClaim, StoredDocument } from "../contract/graph.ts";
import { claimId, entityId } from "../contract/identifiers.ts";
import { typeOfLabels, type NodeType, type Ontology, type RelationshipType } from "../contract/ontology.ts";
import type { ResolvedDocument } from "../contract/resolution.ts";
import { misfitOf, ontologyRules } from "../corpus/ontology-rules.ts";
import { AppError } from "../errors.ts";
import { asFound } from "../resolution/apply-decisions.ts";
import { mayBeTakenFor } from "../resolution/compatibility.ts";
import type { DecisionReplay } from "../resolution/overlay.ts";
import type { EntityMentions, GraphStore } from "../store/graph-store.ts";

/** An entity of many documents is known again by its mentions in the latest of them. */
const PINNED_DOCUMENTS = 20;

export interface MakerParts {
  store: GraphStore;
  overlay: DecisionReplay;
  ontology: Ontology;
  /** Spans of the sentences of a text, in order. */
  sentencesOf: (text: string) => readonly Span[];
  /** "merged into … by …": why an entity that was there before is not there. */
  whereaboutsOf: (entity: string) => string | null;
}

/** What a record holds beside who, when and why. */
export type DecisionContent = Pick<
  Decision,
  "action" | "summary" | "entities" | "claims" | "documents" | "pins" | "claim" | "quote" | "created" | "keeps"
>;

/**
 * @param id of the record that is made.
 * @throws AppError `not_found`, `conflict` with the present state, `invalid_input`
 */
export async function makeDecision(id: string, action: Action, parts: MakerParts): Promise<DecisionContent> {
  switch (action.kind) {
    case "merge":
      return makeMerge(action, parts);
    case "split":
    case "move":
      return makeMove(id, action, parts);
    case "rename":
    case "retype":
      return makeOverride(action, parts);
    case "accept":
    case "correct":
      return makeVerdict(action, action.claim, parts);
    case "reject":
      if (action.claim !== undefined) return makeVerdict(action, action.claim, parts);
      return makePair(action, action.pair ?? ["", ""], "are not the same", parts);
    case "postpone":
      return makePair(action, action.pair, "are to be looked at later", parts);
    case "add":
      return makeAddition(id, action, parts);
    case "complete": {
      const document = await documentOf(action.document, parts);
      return { ...content(action, `"${document.title}" is annotated completely`), documents: [document.id] };
    }
  }
}

function content(action: Action, summary: string): DecisionContent {
  return {
    action,
    summary,
    entities: [],
    claims: [],
    documents: [],
    pins: [],
    claim: null,
    quote: null,
    created: null,
    keeps: null,
  };
}

async function makeMerge(action: Extract<Action, { kind: "merge" }>, parts: MakerParts): Promise<DecisionContent> {
  if (action.from === action.into) {
    throw new AppError("invalid_input", "An entity cannot be merged with itself. Choose two.");
  }
  const from = await entityOf(action.from, "action.from", parts);
  const into = await entityOf(action.into, "action.into", parts);
  const [a, b] = [typeOf(from), typeOf(into)];
  if (!mayBeTakenFor(a, b)) {
    throw new AppError(
      "invalid_input",
      `"${from.name}" is a ${a} and "${into.name}" a ${b}: these types contradict each other. Set one type right first.`,
    );
  }
  const set = parts.overlay.overrideOf(into.id);
  return {
    ...content(action, `"${from.name}" is merged into "${into.name}"`),
    entities: [from.id, into.id],
    keeps: { name: set?.name == null ? into.name : null, type: set?.type == null ? b : null },
    pins: [...(await pinsOfEntity(from.id, parts)), ...(await pinsOfEntity(into.id, parts))],
  };
}

async function makeMove(
  id: string,
  action: Extract<Action, { kind: "split" | "move" }>,
  parts: MakerParts,
): Promise<DecisionContent> {
  const target = action.kind === "move" ? await entityOf(action.into, "action.into", parts) : null;
  const source = action.kind === "split" ? await entityOf(action.entity, "action.entity", parts) : null;
  const documents = new Map<string, ResolvedDocument>();
  const pins: Pin[] = [];
  const left = new Set<string>();
  for (const place of uniquePlaces(action.mentions)) {
    const document = documents.get(place.document) ?? (await keptOf(place.document, parts));
    documents.set(place.document, document);
    const { pin, entity } = pinAt(place, document, parts);
    if (source !== null && entity !== source.id) {
      throw new AppError(
        "conflict",
        `The mention "${pin.surface}" at ${place.start} of "${document.extraction.title}" is no mention of "${source.name}". Look at the entity again.`,
      );
    }
    if (entity === target?.id) {
      throw new AppError("invalid_input", `The mention "${pin.surface}" is one of "${target.name}" already.`);
    }
    left.add(entity);
    pins.push(pin);
  }
  if (source !== null && pins.length >= source.mentionCount) {
    throw new AppError("invalid_input", `These are all mentions of "${source.name}". Rename it, or leave some.`);
  }
  const surfaces = [...new Set(pins.map(({ surface }) => `"${surface}"`))].slice(0, 3).join(", ");
  const counted = `${pins.length} ${pins.length === 1 ? "mention" : "mentions"} (${surfaces})`;
  const names = await namesOf([...left], parts);
  const created = source === null ? null : entityId("decided", id);
  const named = action.kind === "split" && action.name !== undefined ? ` as "${action.name}"` : "";
  return {
    ...content(
      action,
      target === null
        ? `${counted} of ${names} become an entity of their own${named}`
        : `${counted} of ${names} moved to "${target.name}"`,
    ),
    entities: [...new Set([...left, ...(target === null ? [] : [target.id]), ...(created === null ? [] : [created])])],
    documents: [...documents.keys()],
    pins,
    created,
  };
}

async function makeOverride(
  action: Extract<Action, { kind: "rename" | "retype" }>,
  parts: MakerParts,
): Promise<DecisionContent> {
  const entity = await entityOf(action.entity, "action.entity", parts);
  const [before, after] = action.kind === "rename" ? [entity.name, action.name] : [typeOf(entity), action.type];
  if (before === after) {
    const what = action.kind === "rename" ? `is called so already` : `is a ${after} already`;
    throw new AppError("invalid_input", `"${entity.name}" ${what}.`);
  }
  const summary =
    action.kind === "rename"
      ? `"${entity.name}" is called "${after}"`
      : `"${entity.name}", told as ${before}, is a ${after}`;
  return { ...content(action, summary), entities: [entity.id], pins: await pinsOfEntity(entity.id, parts) };
}

async function makePair(
  action: Action,
  pair: readonly [string, string],
  verdict: string,
  parts: MakerParts,
): Promise<DecisionContent> {
  if (pair[0] === pair[1]) throw new AppError("invalid_input", "A pair needs two different entities.");
  const a = await entityOf(pair[0], "action.pair.0", parts);
  const b = await entityOf(pair[1], "action.pair.1", parts);
  return { ...content(action, `"${a.name}" and "${b.name}" ${verdict}`), entities: [a.id, b.id] };
}

async function makeVerdict(
  action: Extract<Action, { kind: "accept" | "reject" | "correct" }>,
  id: string,
  parts: MakerParts,
): Promise<DecisionContent> {
  const claim = await claimOf(id, parts);
  const statement = statementOf(claim);
  const document = await keptOf(claim.document.id, parts);
  const before = parts.overlay.of(claim.document.id)?.claims.get(id);
  const shared = {
    entities: [claim.subject.id, claim.object.id],
    claims: [id],
    documents: [claim.document.id],
    pins: [claim.subjectSpan, claim.objectSpan].map(
      (span) => pinAt(placeIn(claim.document.id, span), document, parts).pin,
    ),
    claim: before?.claim ?? snapshotOf(claim),
  };
  if (action.kind !== "correct") {
    const status = action.kind === "accept" ? "accepted" : "rejected";
    if (claim.status === status) throw new AppError("conflict", `The claim "${statement}" is ${status} already.`);
    return { ...content(action, `${statement}: ${status}`), ...shared };
  }
  const corrected = await correction(action.change, claim, document, parts);
  return {
    ...content(action, `${statement}: corrected to ${corrected.statement}`),
    ...shared,
    entities: [...new Set([...shared.entities, ...corrected.entities])],
    pins: [...shared.pins, ...corrected.pins],
    quote: corrected.quote,
  };
}

async function correction(change: ClaimChange, claim: StoredClaim, document: ResolvedDocument, parts: MakerParts) {
  const subjectSpan = change.subjectSpan ?? claim.subjectSpan;
  const objectSpan = change.objectSpan ?? claim.objectSpan;
  const type = change.type ?? claim.type;
  const after = {
    type,
    subjectSpan,
    objectSpan,
    polarity: change.polarity ?? claim.polarity,
    modality: change.modality ?? claim.modality,
    former: change.former ?? claim.former,
    date: change.date === undefined ? claim.date : change.date,
  };
  const before = {
    type: claim.type,
    subjectSpan: claim.subjectSpan,
    objectSpan: claim.objectSpan,
    polarity: claim.polarity,
    modality: claim.modality,
    former: claim.former,
    date: claim.date,
  };
  if (JSON.stringify(after) === JSON.stringify(before)) {
    throw new AppError("invalid_input", "The correction changes nothing. Accept the claim if it is right.");
  }
  const ends = await endsOf(document, type, subjectSpan, objectSpan, parts);
  const changesEnds = change.subjectSpan !== undefined || change.objectSpan !== undefined;
  const isInside = [subjectSpan, objectSpan].every(([start, end]) => start >= claim.start && end <= claim.end);
  return {
    statement: `${ends.subject.name} ${type} ${ends.object.name}`,
    entities: [ends.subject.id, ends.object.id],
    pins: ends.pins,
    quote: changesEnds && !isInside ? quoteAround(document, subjectSpan, objectSpan, parts) : null,
  };
}

async function makeAddition(
  id: string,
  action: Extract<Action, { kind: "add" }>,
  parts: MakerParts,
): Promise<DecisionContent> {
  const { claim, mention, note, tag } = action;
  if (claim !== undefined) return makeAddedClaim(action, claim, parts);
  if (mention !== undefined) return makeAddedMention(id, action, mention, parts);
  const entity = await entityOf(note?.entity ?? tag?.entity ?? "", "action.entity", parts);
  if (tag !== undefined && parts.overlay.overrideOf(entity.id)?.tags.includes(tag.tag) === true) {
    throw new AppError("conflict", `"${entity.name}" has the tag "${tag.tag}" already.`);
  }
  const told = note === undefined ? `is tagged "${tag?.tag ?? ""}"` : `has a note: ${note.text}`;
  return {
    ...content(action, `"${entity.name}" ${told}`),
    entities: [entity.id],
    pins: await pinsOfEntity(entity.id, parts),
  };
}

async function makeAddedClaim(
  action: Action,
  claim: NonNullable<Extract<Action, { kind: "add" }>["claim"]>,
  parts: MakerParts,
): Promise<DecisionContent> {
  const { document: documentId, type, subjectSpan, objectSpan, ...told } = claim;
  const document = await keptOf(documentId, parts);
  const ends = await endsOf(document, type, subjectSpan, objectSpan, parts);
  const quote = quoteAround(document, subjectSpan, objectSpan, parts);
  const id = claimId(documentId, type, subjectSpan, objectSpan, quote);
  const statement = `${ends.subject.name} ${type} ${ends.object.name}`;
  const [known] = await parts.store.claimsById([id]);
  if (known !== undefined) {
    const what = known.status === "rejected" ? "It is rejected; accept it instead" : `It is ${known.status}`;
    throw new AppError("conflict", `The claim "${statement}" is there already. ${what}.`, {
      issues: [{ path: "action.claim", message: `claim ${id} is ${known.status}` }],
    });
  }
  const snapshot: ClaimSnapshot = {
    ...told,
    id,
    document: documentId,
    type,
    subjectSpan,
    objectSpan,
    start: quote[0],
    end: quote[1],
    quote: document.extraction.text.slice(quote[0], quote[1]),
    saidBy: null,
    confidence: 1,
  };
  return {
    ...content(action, `${statement} is added`),
    entities: [ends.subject.id, ends.object.id],
    claims: [id],
    documents: [documentId],
    pins: ends.pins,
    claim: snapshot,
  };
}

async function makeAddedMention(
  id: string,
  action: Action,
  mention: NonNullable<Extract<Action, { kind: "add" }>["mention"]>,
  parts: MakerParts,
): Promise<DecisionContent> {
  const { document: documentId, start, end } = mention;
  const document = await keptOf(documentId, parts);
  const { text, mentions, title } = document.extraction;
  const surface = text.slice(start, end);
  if (start >= end || end > text.length || surface.trim() !== surface) {
    throw new AppError(
      "invalid_input",
      `The span ${start} to ${end} of "${title}" is no name. Mark from the first letter to the last.`,
    );
  }
  const other = mentions.find((known) => known.start < end && start < known.end);
  if (other !== undefined) {
    throw new AppError(
      "conflict",
      `"${surface}" overlaps the mention "${other.surface}" (${other.start} to ${other.end}). Move that mention instead.`,
    );
  }
  const entity = mention.entity === undefined ? null : await entityOf(mention.entity, "action.mention.entity", parts);
  const created = entity === null ? entityId("decided", id) : null;
  const given = entity?.id ?? created ?? "";
  return {
    ...content(action, `"${surface}" is marked as ${entity === null ? "a new entity" : `"${entity.name}"`}`),
    entities: [given],
    documents: [documentId],
    pins: [{ document: documentId, start, end, surface, found: given, given }],
    created,
  };
}

/** Both ends of a statement about to be made: two mentions of two entities whose types allow it. */
async function endsOf(
  document: ResolvedDocument,
  type: RelationshipType,
  subjectSpan: Span,
  objectSpan: Span,
  parts: MakerParts,
): Promise<{ subject: GraphNode; object: GraphNode; pins: Pin[] }> {
  const subjectEnd = pinAt(placeIn(document.extraction.id, subjectSpan), document, parts);
  const objectEnd = pinAt(placeIn(document.extraction.id, objectSpan), document, parts);
  const subject = await entityOf(subjectEnd.entity, "subjectSpan", parts);
  const object = await entityOf(objectEnd.entity, "objectSpan", parts);
  if (subject.id === object.id) {
    throw new AppError("invalid_input", `Both ends are "${subject.name}". A claim joins two entities.`);
  }
  const rule = ontologyRules(parts.ontology).get(type);
  const misfit = rule === undefined ? `${type} is no relationship` : misfitOf(rule, typeOf(subject), typeOf(object));
  if (misfit !== null) throw new AppError("invalid_input", `${misfit}. Choose another relationship or direction.`);
  return { subject, object, pins: [subjectEnd.pin, objectEnd.pin] };
}

/** The shortest run of sentences that holds both ends. */
function quoteAround(document: ResolvedDocument, a: Span, b: Span, { sentencesOf }: MakerParts): Span {
  const [first, last] = [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
  const inside = sentencesOf(document.extraction.text).filter(([start, end]) => start < last && first < end);
  return [Math.min(first, ...inside.map(([start]) => start)), Math.max(last, ...inside.map(([, end]) => end))];
}

/** The mention at exactly this place, and the entity that it is of now. */
function pinAt(place: MentionPlace, document: ResolvedDocument, parts: MakerParts): { pin: Pin; entity: string } {
  const { mentions, title } = document.extraction;
  const mention = mentions.find(({ start, end }) => start === place.start && end === place.end);
  const resolved = document.entities.find(({ local }) => local === mention?.entity);
  if (mention === undefined || resolved === undefined) {
    throw new AppError("not_found", `There is no mention from ${place.start} to ${place.end} in "${title}".`);
  }
  const plain = asFound(document);
  const foundMention = plain.extraction.mentions.find(({ start, end }) => start === place.start && end === place.end);
  const foundEntity = plain.entities.find(({ local }) => local === foundMention?.entity)?.entity;
  const added = parts.overlay.of(place.document)?.added.get(`${place.start}-${place.end}`);
  const found = foundEntity ?? added?.found ?? resolved.entity;
  const pin = { document: place.document, start: place.start, end: place.end, surface: mention.surface, found };
  return { pin: { ...pin, given: parts.overlay.givenTo(pin) }, entity: resolved.entity };
}

function placeIn(document: string, [start, end]: Span): MentionPlace {
  return { document, start, end };
}

function uniquePlaces(places: readonly MentionPlace[]): MentionPlace[] {
  return [...new Map(places.map((place) => [`${place.document} ${place.start}-${place.end}`, place])).values()];
}

/** One mention of the entity a document, by name where there is one. */
async function pinsOfEntity(entity: string, parts: MakerParts): Promise<Pin[]> {
  const pins: Pin[] = [];
  for (const mentions of await parts.store.mentionsOf(entity, PINNED_DOCUMENTS)) {
    const document = await parts.store.keptDocument(mentions.document);
    if (document === null) continue;
    const [start, end] = placeByName(mentions, document);
    pins.push(pinAt({ document: mentions.document, start, end }, document, parts).pin);
  }
  return pins;
}

function placeByName({ spans }: EntityMentions, { extraction }: ResolvedDocument): Span {
  const named = new Set(
    extraction.mentions.filter((mention) => mention.named).map(({ start, end }) => `${start}-${end}`),
  );
  return spans.find(([start, end]) => named.has(`${start}-${end}`)) ?? spans[0] ?? [0, 0];
}

async function entityOf(id: string, path: string, { store, whereaboutsOf }: MakerParts): Promise<GraphNode> {
  const [found] = await store.entitiesById([id]);
  if (found !== undefined) return found.node;
  const whereabouts = whereaboutsOf(id);
  if (whereabouts === null) throw new AppError("not_found", `There is no entity "${id}".`);
  throw new AppError("conflict", `The entity "${id}" was ${whereabouts}. Look at what it is now.`, {
    issues: [{ path, message: `was ${whereabouts}` }],
  });
}

async function namesOf(ids: readonly string[], { store }: MakerParts): Promise<string> {
  return (await store.entitiesById(ids)).map(({ node }) => `"${node.name}"`).join(", ");
}

async function claimOf(id: string, { store }: MakerParts): Promise<StoredClaim> {
  const [claim] = await store.claimsById([id]);
  if (claim === undefined) throw new AppError("not_found", `There is no claim "${id}".`);
  return claim;
}

async function keptOf(id: string, { store }: MakerParts): Promise<ResolvedDocument> {
  const document = await store.keptDocument(id);
  if (document === null) throw new AppError("not_found", `There is no document "${id}".`);
  return document;
}

async function documentOf(id: string, { store }: MakerParts): Promise<StoredDocument> {
  const document = await store.document(id);
  if (document === null) throw new AppError("not_found", `There is no document "${id}".`);
  return document;
}

function typeOf({ labels, name }: EntityReference): NodeType {
  const type = typeOfLabels(labels);
  if (type === null) throw new AppError("internal", `The entity "${name}" has no type.`);
  return type;
}

function statementOf({ subject, type, object }: StoredClaim): string {
  return `${subject.name} ${type} ${object.name}`;
}

function snapshotOf(claim: StoredClaim): ClaimSnapshot {
  return {
    id: claim.id,
    document: claim.document.id,
    type: claim.type,
    subjectSpan: claim.subjectSpan,
    objectSpan: claim.objectSpan,
    start: claim.start,
    end: claim.end,
    quote: claim.quote,
    polarity: claim.polarity,
    modality: claim.modality,
    former: claim.former,
    saidBy: claim.saidBy,
    date: claim.date,
    confidence: claim.confidence,
  };
}
