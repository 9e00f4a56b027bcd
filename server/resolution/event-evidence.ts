/**
 * Evidence for two events: sort of happening, days, place, target and participants. Names count where they are names, hardly where
 * they describe.
 */
import { compareConceptNames } from "./concept-names.ts";
import { spansOverlap } from "./context.ts";
import type { Evidence, Surroundings } from "./evidence.ts";
import { eventNameKey, isNamedEvent, sortsAgree } from "./events.ts";
import { AUTHOR, COMPANION } from "./keys.ts";
import type { LocalProfile, Profile } from "./profile.ts";

const DAY = 86_400_000;
/** News dates an event by its evening or the next morning. */
const TOLERANCE_DAYS = 2;
const PRECISE_DAYS = 45;

/** Null when they cannot be one. */
export function eventEvidence(local: LocalProfile, known: Profile, surroundings: Surroundings): Evidence[] | null {
  const name = eventNameEvidence(local, known);
  const roles = roleEvidence(surroundings);
  // By description alone no event is another: somebody or some place must have a part in both.
  if (name.weight < NAMED && roles.length === 0 && surroundings.sharedActors < 2) return null;
  return [name, sortEvidence(local, known), dateEvidence(local, known), ...roles, ...storyEvidence(surroundings)];
}

/** From this weight on, the name is a name and not a description. */
const NAMED = 3;

function eventNameEvidence(local: LocalProfile, known: Profile): Evidence {
  let bothNamed = false;
  let described: Evidence = { weight: 0, reason: "" };
  for (const own of local.names) {
    for (const other of known.names) {
      const named = [own, other].filter((name) => isNamedEvent(name.text)).length;
      bothNamed ||= named === 2;
      const key = eventNameKey(own.concepts);
      const isSame = key !== null && key === eventNameKey(other.concepts);
      const pair = own.text === other.text ? `"${own.text}"` : `"${own.text}", "${other.text}"`;
      if (isSame && named > 0) return { weight: 4.5, reason: `the same name ${pair}` };
      if (isSame && compareConceptNames(own.concepts, other.concepts) === "equal") {
        described = { weight: 1.6, reason: `the same description ${pair}` };
      } else if (described.weight === 0 && own.concepts.proper.some((word) => other.concepts.proper.includes(word))) {
        described = { weight: 0.8, reason: `descriptions that share a name: ${pair}` };
      }
    }
  }
  return bothNamed ? { weight: -1.5, reason: "each has a name of its own" } : described;
}

function sortEvidence(local: Profile, known: Profile): Evidence {
  if (local.sorts.length === 0 || known.sorts.length === 0) return { weight: 0, reason: "" };
  return sortsAgree(local.sorts, known.sorts)
    ? { weight: 0.7, reason: `the same sort of event: ${local.sorts.join(", ")}` }
    : { weight: -3, reason: `${local.sorts.join(", ")} here, ${known.sorts.join(", ")} before` };
}

function dateEvidence(local: Profile, known: Profile): Evidence {
  const [own, other] = [local.dates, known.dates];
  if (own === null || other === null) return { weight: 0, reason: "" };
  const tolerant = {
    from: new Date(Date.parse(own.from) - TOLERANCE_DAYS * DAY).toISOString().slice(0, 10),
    to: new Date(Date.parse(own.to) + TOLERANCE_DAYS * DAY).toISOString().slice(0, 10),
  };
  if (!spansOverlap(tolerant, other)) {
    return { weight: -5, reason: `${own.from} to ${own.to} here, ${other.from} to ${other.to} before` };
  }
  const days = (span: { from: string; to: string }): number => (Date.parse(span.to) - Date.parse(span.from)) / DAY;
  const isPrecise = Math.max(days(own), days(other)) <= PRECISE_DAYS;
  return { weight: isPrecise ? 2 : 1.2, reason: isPrecise ? "the same days" : "the same year" };
}

const ROLE_WEIGHTS: Readonly<Record<string, number>> = {
  TARGETED: 2,
  LOCATED_IN: 1.5,
  KILLED: 2,
  [AUTHOR]: 1.2,
  [COMPANION]: 0.5,
};
const OTHER_ROLE = 0.8;
const MAX_ROLES = 3.6;
/** However many stand beside both: one story has several events. */
const MAX_COMPANIONS = 1;

/** Each other counts once, by its weightiest role. */
function roleEvidence({ sharedRelations }: Surroundings): Evidence[] {
  const weights = new Map<string, { weight: number; type: string }>();
  for (const { type, other } of sharedRelations) {
    const weight = ROLE_WEIGHTS[type] ?? OTHER_ROLE;
    if (weight > (weights.get(other)?.weight ?? 0)) weights.set(other, { weight, type });
  }
  if (weights.size === 0) return [];
  const sumOf = (roles: readonly { weight: number }[]): number => roles.reduce((sum, role) => sum + role.weight, 0);
  const [companions, parts] = [
    [...weights.values()].filter((role) => role.type === COMPANION),
    [...weights.values()].filter((role) => role.type !== COMPANION),
  ];
  const weight = sumOf(parts) + Math.min(sumOf(companions), MAX_COMPANIONS);
  const types = [...new Set([...weights.values()].map((role) => role.type))].join(", ");
  return [{ weight: Math.min(weight, MAX_ROLES), reason: `the same have a part in both: ${types}` }];
}

function storyEvidence({ sharedActors }: Surroundings): Evidence[] {
  if (sharedActors === 0) return [];
  return [{ weight: Math.min(0.4 * sharedActors, 1.2), reason: `${sharedActors} other actors appear with both` }];
}
