/**
 * What the program alone made of entities, kept beside what decisions made of them, so that resolution never sees a decision and
 * taking one back leaves no trace. Costs nothing where no decision was made.
 */
import type { KnownEntity, ResolvedDocument } from "../contract/resolution.ts";
import {
  addContribution,
  contributionsOf,
  decodeTally,
  EMPTY_TALLY,
  encodeTally,
  fieldsOf,
  type Contribution,
  type Tally,
} from "./entity-summary.ts";
import type { Transaction } from "./executor.ts";
import { knownEntities, presentEntities, type LockedEntity } from "./queries/entities.ts";
import {
  deleteRevised,
  documentsFoundWith,
  removeFoundIn,
  revisedEntities,
  writeFoundIn,
  writeRevised,
  type RevisedEntity,
} from "./queries/revised.ts";
import { mentionedWith } from "./queries/documents.ts";

/** What a document contributes: to the graph, and as the program found it. */
export interface Sides {
  shown: readonly Contribution[];
  found: readonly Contribution[];
}

export function sidesOf(document: ResolvedDocument): Sides {
  const shown = contributionsOf(document);
  const { found, extraction } = document;
  if (found === undefined) return { shown, found: shown };
  const { resolved, ...findings } = found;
  return {
    shown,
    found: contributionsOf({ ...document, extraction: { ...extraction, ...findings }, entities: resolved }),
  };
}

/** The key sets of entities of which decisions made something else; null: no longer. */
export type FoundNames = { id: string; keys: string[] | null }[];

const NO_SIDES: Sides = { shown: [], found: [] };

/**
 * Brings the kept findings up to date when a document's contributions change. Call it before the entities are written.
 * @param locked the entities as they were, of everyone in `shown`.
 */
export async function writeFindings(
  document: string,
  change: { before: Sides | null; after: Sides | null },
  locked: ReadonlyMap<string, LockedEntity>,
  transaction: Transaction,
): Promise<FoundNames> {
  const before = change.before ?? NO_SIDES;
  const after = change.after ?? NO_SIDES;
  const ids = [
    ...new Set([before, after].flatMap(({ shown, found }) => [...shown, ...found].map(({ entity }) => entity))),
  ].sort();
  if (ids.length === 0) return [];
  const revised = new Map((await transaction.run(revisedEntities(ids))).map((entity) => [entity.id, entity]));
  const isPlain = before.shown === before.found && after.shown === after.found;
  if (isPlain && revised.size === 0) return [];

  const unlocked = ids.filter((id) => !locked.has(id) && !revised.has(id));
  const present = new Map(
    unlocked.length === 0
      ? []
      : (await transaction.run(presentEntities(unlocked))).map((entity) => [entity.id, entity]),
  );
  const [shownBefore, shownAfter] = [byEntity(before.shown), byEntity(after.shown)];
  const [foundBefore, foundAfter] = [byEntity(before.found), byEntity(after.found)];
  const written: RevisedEntity[] = [];
  const deleted: string[] = [];
  for (const id of ids) {
    const kept = revised.get(id);
    const tally = changedTally(
      kept === undefined ? decodeTally((locked.get(id) ?? present.get(id))?.tally ?? null) : decodeTally(kept.tally),
      foundBefore.get(id),
      foundAfter.get(id),
    );
    const differing =
      (kept?.differing ?? 0) +
      Number(differ(shownAfter.get(id), foundAfter.get(id))) -
      Number(differ(shownBefore.get(id), foundBefore.get(id)));
    if (differing > 0) {
      written.push({ id, tally: encodeTally(tally), keys: fieldsOf(tally).searchKeys, differing });
    } else if (kept !== undefined) deleted.push(id);
  }
  if (change.before !== null && !(before.shown === before.found)) await transaction.run(removeFoundIn(document));
  if (written.length > 0) await transaction.run(writeRevised(written));
  if (deleted.length > 0) await transaction.run(deleteRevised(deleted));
  return [...written.map(({ id, keys }) => ({ id, keys })), ...deleted.map((id) => ({ id, keys: null }))];
}

/** Call it when the document is there: which entities decisions took out of it whole. */
export async function writeTakenOut(
  document: string,
  { shown, found }: Sides,
  transaction: Transaction,
): Promise<void> {
  if (shown === found) return;
  const present = byEntity(shown);
  const gone = found.map(({ entity }) => entity).filter((entity) => !present.has(entity));
  if (gone.length > 0) await transaction.run(writeFoundIn(document, gone));
}

/** Contributions with the mark of those that only a decision brought here. */
export function withForeign({ shown, found }: Sides): (Contribution & { isForeign: boolean })[] {
  const own = new Set(found.map(({ entity }) => entity));
  return shown.map((contribution) => ({ ...contribution, isForeign: !own.has(contribution.entity) }));
}

function byEntity(contributions: readonly Contribution[]): Map<string, Contribution> {
  return new Map(contributions.map((contribution) => [contribution.entity, contribution]));
}

function differ(shown: Contribution | undefined, found: Contribution | undefined): boolean {
  if (shown === undefined || found === undefined) return shown !== found;
  return JSON.stringify({ ...shown, origins: [] }) !== JSON.stringify({ ...found, origins: [] });
}

function changedTally(tally: Tally, before: Contribution | undefined, after: Contribution | undefined): Tally {
  const less = before === undefined ? tally : addContribution(tally, before, -1);
  return after === undefined ? less : addContribution(less, after, 1);
}

/** Entities as the program knows them, whatever was decided. */
export async function foundEntities(ids: readonly string[], transaction: Transaction): Promise<KnownEntity[]> {
  const revised = new Map((await transaction.run(revisedEntities(ids))).map((entity) => [entity.id, entity]));
  const known = await transaction.run(knownEntities(ids));
  const entities = known
    .filter(({ id }) => !revised.has(id))
    .map(({ tally, ...entity }) => (tally === null ? entity : knownFrom(entity.id, decodeTally(tally))));
  for (const { id, tally } of revised.values()) entities.push(knownFrom(id, decodeTally(tally)));
  return entities.filter(({ documentCount }) => documentCount > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function knownFrom(id: string, tally: Tally): KnownEntity {
  const { searchKeys, ...fields } = fieldsOf(tally.documents === 0 ? EMPTY_TALLY : tally);
  return { id, ...fields, keys: searchKeys };
}

/** Those of `others` that the program found in one document with the entity. */
export async function foundTogether(
  entity: string,
  others: readonly string[],
  transaction: Transaction,
): Promise<string[]> {
  const revised = await transaction.run(revisedEntities([entity, ...others]));
  if (revised.length === 0) return transaction.run(mentionedWith(entity, others));
  const places = await transaction.run(documentsFoundWith([entity, ...others]));
  const own = new Set(places.filter(({ id }) => id === entity).map(({ document }) => document));
  return [...new Set(places.flatMap(({ id, document }) => (id !== entity && own.has(document) ? [id] : [])))].sort();
}
