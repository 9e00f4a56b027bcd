/**
 * Overlay: what the decisions of people make of the entities and claims that the program found, as a pure function of their log.
 *
 * The log is replayed from its start. A decision can only be replayed while what it speaks of is there: so a replay without one
 * decision tells which later ones stand on it. `apply-decisions.ts` lays the result over each document.
 */
import type {
  Action,
  ClaimChange,
  ClaimSnapshot,
  Decision,
  DecisionRecord,
  MentionPlace,
  Pin,
} from "../contract/decisions.ts";
import type { Span } from "../contract/extraction.ts";
import type { ClaimStatus } from "../contract/filter.ts";
import type { EntityOverride } from "../contract/resolution.ts";

/** What was decided about one claim. */
export interface ClaimVerdict {
  /** As the program, or the person who added it, stated it. */
  claim: ClaimSnapshot;
  status: ClaimStatus;
  change: ClaimChange;
  /** The quote after ends were changed; null: unchanged. */
  quote: Span | null;
  isAdded: boolean;
  /** Of its ends. */
  pins: readonly Pin[];
}

export interface AddedMention extends Pin {
  /** The entity that it was added to. */
  given: string;
}

/** What was decided about one document. */
export interface DocumentDecisions {
  /** Mentions by which entities of decisions are known again. */
  known: Pin[];
  /** Mentions that were given to another entity, by their place. */
  moved: Map<string, Pin & { to: string }>;
  added: Map<string, AddedMention>;
  claims: Map<string, ClaimVerdict>;
}

export interface Overlay {
  /** The entity of the graph that an entity is a part of; itself when nobody merged it. */
  rootOf(id: string): string;
  overrideOf(id: string): EntityOverride | null;
  /** Entities with an override. */
  readonly overridden: Iterable<string>;
  of(document: string): DocumentDecisions | null;
  readonly documents: Iterable<string>;
  /** Ids that were merged into another. */
  readonly merged: Iterable<string>;
  isApart(pair: readonly [string, string]): boolean;
  isPostponed(pair: readonly [string, string]): boolean;
  isComplete(document: string): boolean;
}

/** Why a decision cannot be replayed. */
export type Refusal = string;

export function isUndo(record: DecisionRecord): record is Extract<DecisionRecord, { undoes: string }> {
  return "undoes" in record;
}

/** The decisions that count, in their order. */
export function activeDecisions(records: readonly DecisionRecord[]): Decision[] {
  const undone = new Set(records.flatMap((record) => (isUndo(record) ? [record.undoes] : [])));
  return records.filter((record): record is Decision => !isUndo(record) && !undone.has(record.id));
}

export function placeKey({ start, end }: Pick<MentionPlace, "start" | "end">): string {
  return `${start}-${end}`;
}

export function pairKey([a, b]: readonly [string, string]): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Replays decisions. Those whose ground is gone are left out and told. */
export class DecisionReplay implements Overlay {
  readonly #parents = new Map<string, string>();
  readonly #overrides = new Map<string, EntityOverride>();
  readonly #documents = new Map<string, DocumentDecisions>();
  readonly #apart: (readonly [string, string])[] = [];
  readonly #postponed: (readonly [string, string])[] = [];
  readonly #complete = new Set<string>();
  readonly #made = new Set<string>();
  /** All that any decision of the log ever made: a reference to one of these needs its maker. */
  readonly #makeable: ReadonlySet<string>;
  readonly refused: { decision: Decision; why: Refusal }[] = [];

  constructor(decisions: readonly Decision[], log: readonly DecisionRecord[] = decisions) {
    this.#makeable = new Set(log.flatMap((record) => (isUndo(record) ? [] : madeBy(record))));
    for (const decision of decisions) {
      const why = this.refusalOf(decision);
      if (why === null) this.apply(decision);
      else this.refused.push({ decision, why });
    }
  }

  get documents(): Iterable<string> {
    return this.#documents.keys();
  }

  get merged(): Iterable<string> {
    return this.#parents.keys();
  }

  get overridden(): Iterable<string> {
    return this.#overrides.keys();
  }

  rootOf(id: string): string {
    let root = id;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    return root;
  }

  overrideOf(id: string): EntityOverride | null {
    return this.#overrides.get(id) ?? null;
  }

  of(document: string): DocumentDecisions | null {
    return this.#documents.get(document) ?? null;
  }

  isApart(pair: readonly [string, string]): boolean {
    return this.#isAmong(this.#apart, pair);
  }

  isPostponed(pair: readonly [string, string]): boolean {
    return this.#isAmong(this.#postponed, pair);
  }

  /** What was decided of two entities holds for what they were merged into. */
  #isAmong(pairs: readonly (readonly [string, string])[], pair: readonly [string, string]): boolean {
    const key = pairKey([this.rootOf(pair[0]), this.rootOf(pair[1])]);
    return pairs.some(([a, b]) => pairKey([this.rootOf(a), this.rootOf(b)]) === key);
  }

  isComplete(document: string): boolean {
    return this.#complete.has(document);
  }

  /** The entity that a mention stands for now, before merges; `found` when nobody moved it. */
  givenTo(pin: Pick<Pin, "document" | "start" | "end" | "found">): string {
    const own = this.#documents.get(pin.document);
    const key = placeKey(pin);
    return own?.moved.get(key)?.to ?? own?.added.get(key)?.given ?? pin.found;
  }

  /** Null when the decision can be applied to the present state. */
  refusalOf(decision: Decision): Refusal | null {
    const missing = [...entitiesOf(decision), ...decision.pins.map((pin) => pin.given)].find(
      (id) => id !== decision.created && this.#isUnmade(id),
    );
    if (missing !== undefined) return `the entity "${missing}" is no longer there`;
    const lost = decision.pins.find((pin) => this.#isUnmade(mentionId(pin)) && !addsMention(decision));
    if (lost !== undefined) return `the mention "${lost.surface}" was added by a decision that no longer counts`;
    const { action } = decision;
    switch (action.kind) {
      case "merge":
        return action.from === action.into
          ? "an entity cannot be merged with itself"
          : (this.#goneRefusal(action.from) ?? this.#goneRefusal(action.into));
      case "split":
      case "move":
        return this.#mentionsRefusal(decision);
      case "rename":
      case "retype":
        return this.#goneRefusal(action.entity);
      case "accept":
      case "correct":
        return this.#claimRefusal(decision);
      case "reject":
        return action.claim === undefined ? null : this.#claimRefusal(decision);
      case "add":
        return this.#additionRefusal(decision, action);
      case "postpone":
      case "complete":
        return null;
    }
  }

  apply(decision: Decision): void {
    for (const made of madeBy(decision)) this.#made.add(made);
    const { action } = decision;
    switch (action.kind) {
      case "merge":
        this.#parents.set(action.from, action.into);
        this.#keep(action.into, decision.keeps);
        this.#recognise(decision);
        return;
      case "split":
        for (const pin of decision.pins) this.#move(pin, decision.created ?? action.entity);
        this.#override(decision.created ?? action.entity, { name: action.name, type: action.type });
        return;
      case "move":
        for (const pin of decision.pins) this.#move(pin, action.into);
        return;
      case "rename":
        this.#override(action.entity, { name: action.name });
        this.#recognise(decision);
        return;
      case "retype":
        this.#override(action.entity, { type: action.type });
        this.#recognise(decision);
        return;
      case "accept":
        this.#judge(decision, { status: "accepted" });
        return;
      case "reject":
        if (action.pair !== undefined) this.#apart.push(action.pair);
        else this.#judge(decision, { status: "rejected" });
        return;
      case "postpone":
        this.#postponed.push(action.pair);
        return;
      case "correct":
        this.#judge(decision, { status: "corrected", change: action.change });
        return;
      case "add":
        this.#add(decision, action);
        return;
      case "complete":
        this.#complete.add(action.document);
    }
  }

  #isUnmade(id: string): boolean {
    return this.#makeable.has(id) && !this.#made.has(id);
  }

  #goneRefusal(id: string): Refusal | null {
    return this.#parents.has(id) ? `the entity "${id}" was merged into "${this.rootOf(id)}"` : null;
  }

  #mentionsRefusal(decision: Decision): Refusal | null {
    const { action } = decision;
    if (action.kind === "move") {
      const gone = this.#goneRefusal(action.into);
      if (gone !== null) return gone;
    }
    const elsewhere = decision.pins.find(
      (pin) => this.givenTo(pin) !== pin.given || !decision.entities.includes(this.rootOf(pin.given)),
    );
    return elsewhere === undefined ? null : `the mention "${elsewhere.surface}" belongs to another entity`;
  }

  #claimRefusal(decision: Decision): Refusal | null {
    if (decision.claim === null) return "the claim is not there";
    return this.#isUnmade(decision.claim.id) ? "the claim was added by a decision that no longer counts" : null;
  }

  #additionRefusal(decision: Decision, action: Extract<Action, { kind: "add" }>): Refusal | null {
    if (action.claim !== undefined && decision.claim !== null && this.#made.has(decision.claim.id)) {
      return "this claim was added before";
    }
    const [pin] = decision.pins;
    if (action.mention !== undefined && pin !== undefined && this.#made.has(mentionId(pin))) {
      return "this mention was added before";
    }
    const entity = action.mention?.entity ?? action.note?.entity ?? action.tag?.entity;
    return entity === undefined ? null : this.#goneRefusal(entity);
  }

  #ownOf(document: string): DocumentDecisions {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    const made: DocumentDecisions = { known: [], moved: new Map(), added: new Map(), claims: new Map() };
    this.#documents.set(document, made);
    return made;
  }

  #recognise(decision: Decision): void {
    for (const pin of decision.pins) this.#ownOf(pin.document).known.push(pin);
  }

  #move(pin: Pin, to: string): void {
    this.#ownOf(pin.document).moved.set(placeKey(pin), { ...pin, to });
  }

  #override(id: string, change: { [field in keyof EntityOverride]?: EntityOverride[field] | undefined }): void {
    const before = this.#overrides.get(id) ?? { name: null, type: null, notes: [], tags: [] };
    const after: EntityOverride = {
      name: change.name ?? before.name,
      type: change.type ?? before.type,
      notes: change.notes ?? before.notes,
      tags: change.tags ?? before.tags,
    };
    const isPlain = after.name === null && after.type === null && after.notes.length + after.tags.length === 0;
    if (!isPlain) this.#overrides.set(id, after);
  }

  /** A name or type that somebody set goes before those of the moment of a merge. */
  #keep(id: string, keeps: Decision["keeps"]): void {
    const before = this.#overrides.get(id);
    this.#override(id, {
      name: before?.name ?? keeps?.name ?? undefined,
      type: before?.type ?? keeps?.type ?? undefined,
    });
  }

  #judge(decision: Decision, { status, change = {} }: { status: ClaimStatus; change?: ClaimChange }): void {
    const { claim, pins } = decision;
    if (claim === null) return;
    const own = this.#ownOf(claim.document);
    const before = own.claims.get(claim.id);
    own.claims.set(claim.id, {
      claim: before?.claim ?? claim,
      status,
      change: { ...before?.change, ...change },
      quote: decision.quote ?? before?.quote ?? null,
      isAdded: before?.isAdded ?? false,
      pins: [...(before?.pins ?? []), ...pins],
    });
  }

  #add(decision: Decision, action: Extract<Action, { kind: "add" }>): void {
    const { note, tag } = action;
    if (action.claim !== undefined && decision.claim !== null) {
      const own = this.#ownOf(decision.claim.document);
      const { claim, pins } = decision;
      own.claims.set(claim.id, { claim, status: "accepted", change: {}, quote: null, isAdded: true, pins });
    }
    const [pin] = decision.pins;
    if (action.mention !== undefined && pin !== undefined) {
      this.#ownOf(pin.document).added.set(placeKey(pin), pin);
      if (decision.created !== null) {
        this.#override(decision.created, { name: action.mention.name, type: action.mention.type });
      }
    }
    const before = (id: string) => this.#overrides.get(id) ?? { notes: [], tags: [] };
    if (note !== undefined) this.#override(note.entity, { notes: [...before(note.entity).notes, note.text] });
    if (tag !== undefined) {
      this.#override(tag.entity, { tags: [...new Set([...before(tag.entity).tags, tag.tag])].sort() });
    }
    if (note !== undefined || tag !== undefined) this.#recognise(decision);
  }
}

/** The overlay of a whole log. */
export function overlayOf(records: readonly DecisionRecord[]): DecisionReplay {
  return new DecisionReplay(activeDecisions(records), records);
}

/**
 * Later decisions that cannot stand without this one, in the order of the log; empty when it can be undone now.
 */
export function standingOn(id: string, records: readonly DecisionRecord[]): { decision: Decision; why: Refusal }[] {
  const active = activeDecisions(records);
  const before = new Set(new DecisionReplay(active, records).refused.map(({ decision }) => decision.id));
  const without = new DecisionReplay(
    active.filter((decision) => decision.id !== id),
    records,
  );
  return without.refused.filter(({ decision }) => !before.has(decision.id));
}

function entitiesOf({ action }: Decision): string[] {
  switch (action.kind) {
    case "merge":
      return [action.from, action.into];
    case "split":
    case "rename":
    case "retype":
      return [action.entity];
    case "move":
      return [action.into];
    case "reject":
      return action.pair ?? [];
    case "postpone":
      return action.pair;
    case "add":
      return [action.mention?.entity, action.note?.entity, action.tag?.entity].flatMap((id) => id ?? []);
    case "accept":
    case "correct":
    case "complete":
      return [];
  }
}

/** Ids of entities, claims and mentions that are there because of a decision. */
function madeBy(decision: Decision): string[] {
  const { action, created, claim, pins } = decision;
  const made = created === null ? [] : [created];
  if (action.kind !== "add") return made;
  if (action.claim !== undefined && claim !== null) made.push(claim.id);
  if (action.mention !== undefined) made.push(...pins.map(mentionId));
  return made;
}

function addsMention({ action }: Decision): boolean {
  return action.kind === "add" && action.mention !== undefined;
}

function mentionId(pin: Pick<Pin, "document" | "start" | "end">): string {
  return `${pin.document} ${placeKey(pin)}`;
}
