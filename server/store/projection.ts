/**
 * The projection: claims → edges, as a pure function. The stores keep its result up to date edge by edge, answer filtered
 * requests with it, and are tested against it.
 *
 * Rules: SPEC.md, "Projection" ([S20] and following).
 */
import { edgeId } from "../contract/identifiers.ts";
import type { Modality, Polarity } from "../contract/extraction.ts";
import type { ClaimStatus, Standing } from "../contract/filter.ts";
import type { GraphEdge } from "../contract/graph.ts";
import {
  DERIVED_TYPE,
  FAMILY_OF_TYPE,
  SYMMETRIC_TYPES,
  type EdgeType,
  type NodeType,
  type RelationshipType,
} from "../contract/ontology.ts";
import { compare, firstDate, lastDate } from "./date-order.ts";
import { countSources, type FactDocument } from "./sources.ts";

/** What the projection needs to know of one claim. */
export interface ClaimFact {
  id: string;
  type: RelationshipType;
  /** Graph entity ids. */
  subject: string;
  object: string;
  subjectType: NodeType;
  objectType: NodeType;
  polarity: Polarity;
  modality: Modality;
  status: ClaimStatus;
  former: boolean;
  date: string | null;
  dateTo: string | null;
  confidence: number;
  document: FactDocument;
}

/** The standings that back an edge of the stored projection. */
export const STORED_STANDINGS: ReadonlySet<Standing> = new Set<Standing>(["stated", "alleged"]);

export const EVENT_TYPES = { conducted: "CONDUCTED", targeted: "TARGETED" } as const;

export function standingOf(claim: Pick<ClaimFact, "polarity" | "modality">): Standing {
  if (claim.polarity === "negated") return "denied";
  switch (claim.modality) {
    case "asserted":
    case "reported":
      return "stated";
    case "alleged":
      return "alleged";
    case "denied":
      return "denied";
    case "planned":
      return "planned";
  }
}

export interface EdgeEnds {
  source: string;
  target: string;
}

/** Symmetric types run from the smaller id to the larger, so that both ways of telling back one edge. */
export function edgeEnds(type: EdgeType, subject: string, object: string): EdgeEnds {
  return SYMMETRIC_TYPES.has(type) && object < subject
    ? { source: object, target: subject }
    : { source: subject, target: object };
}

/** Id of the edge that a claim speaks about, whether it backs it or not. */
export function edgeIdOfClaim(claim: Pick<ClaimFact, "type" | "subject" | "object">): string {
  const { source, target } = edgeEnds(claim.type, claim.subject, claim.object);
  return edgeId(claim.type, source, target);
}

/**
 * The edge that claims of one type and one pair of ends back, or null. `claims` are all that speak about it; those of a standing
 * that is not asked for are not counted, a denial among them still contests the edge.
 */
export function projectEdge(
  claims: readonly ClaimFact[],
  standings: ReadonlySet<Standing> = STORED_STANDINGS,
): GraphEdge | null {
  const [first] = claims;
  if (first === undefined || first.subject === first.object) return null;
  const present = claims.filter((claim) => claim.status !== "rejected");
  const backing = strongest(present.filter((claim) => standings.has(standingOf(claim))));
  if (backing === null) return null;
  const { source, target } = edgeEnds(first.type, first.subject, first.object);
  return {
    id: edgeId(first.type, source, target),
    type: first.type,
    family: FAMILY_OF_TYPE[first.type],
    source,
    target,
    symmetric: SYMMETRIC_TYPES.has(first.type),
    derived: false,
    via: [],
    standing: backing.standing,
    contested: backing.standing !== "denied" && present.some((claim) => standingOf(claim) === "denied"),
    former: toldAsEnded(backing.claims),
    ...summary(backing.claims),
  };
}

/** Stated and alleged claims back an edge together; planned ones only without these, denied ones only without any. */
function strongest(claims: readonly ClaimFact[]): { standing: Standing; claims: readonly ClaimFact[] } | null {
  const of = (standing: Standing) => claims.filter((claim) => standingOf(claim) === standing);
  const stated = of("stated");
  const alleged = of("alleged");
  if (stated.length > 0) return { standing: "stated", claims: [...stated, ...alleged] };
  if (alleged.length > 0) return { standing: "alleged", claims: alleged };
  const planned = of("planned");
  if (planned.length > 0) return { standing: "planned", claims: planned };
  const denied = of("denied");
  return denied.length > 0 ? { standing: "denied", claims: denied } : null;
}

function summary(claims: readonly ClaimFact[]) {
  const documents = new Map(claims.map((claim) => [claim.document.id, claim.document]));
  return {
    claims: new Set(claims.map((claim) => claim.id)).size,
    documents: documents.size,
    sources: countSources([...documents.values()]),
    confidence: claims.reduce((highest, claim) => Math.max(highest, claim.confidence), 0),
    firstDate: firstDate(claims.map((claim) => claim.date)),
    lastDate: lastDate(claims.map((claim) => claim.date)),
  };
}

/** All claims tell it as ended, or all that have the latest date. */
function toldAsEnded(claims: readonly ClaimFact[]): boolean {
  if (claims.every((claim) => claim.former)) return true;
  const latest = claims.reduce(
    (last, claim) => (claim.dateTo !== null && claim.dateTo > last ? claim.dateTo : last),
    "",
  );
  return latest !== "" && claims.every((claim) => claim.dateTo !== latest || claim.former);
}

/** One event that joins the two ends of a derived edge, with the claims for both halves. */
export interface EventBridge {
  event: string;
  conducted: readonly ClaimFact[];
  targeted: readonly ClaimFact[];
}

/**
 * The derived edge from who conducted events to whom they targeted, or null. An event counts when both halves back an edge; the
 * weaker half decides how it stands and how sure it is, the best event decides for the edge.
 */
export function deriveActedAgainst(
  source: string,
  target: string,
  bridges: readonly EventBridge[],
  standings: ReadonlySet<Standing> = STORED_STANDINGS,
): GraphEdge | null {
  if (source === target) return null;
  const backing = new Set<Standing>([...standings, "stated", "alleged"]);
  backing.delete("denied");
  const events = bridges.flatMap((bridge) => {
    const conducted = projectEdge(bridge.conducted, backing);
    const targeted = projectEdge(bridge.targeted, backing);
    if (conducted === null || targeted === null) return [];
    const standing = weaker(conducted.standing, targeted.standing);
    if (!standings.has(standing)) return [];
    const counted = [...bridge.conducted, ...bridge.targeted].filter(
      (claim) => claim.status !== "rejected" && backing.has(standingOf(claim)),
    );
    return [{ event: bridge.event, conducted, targeted, standing, counted }];
  });
  const best = events.reduce<Standing | null>(
    (strongest, { standing }) => (strongest === null || RANK[standing] < RANK[strongest] ? standing : strongest),
    null,
  );
  if (best === null) return null;
  return {
    id: edgeId(DERIVED_TYPE, source, target),
    type: DERIVED_TYPE,
    family: FAMILY_OF_TYPE[DERIVED_TYPE],
    source,
    target,
    symmetric: false,
    derived: true,
    via: events.map(({ event }) => event).sort(compare),
    standing: best,
    contested: events.some(({ conducted, targeted }) => conducted.contested || targeted.contested),
    former: events.every(({ conducted, targeted }) => conducted.former && targeted.former),
    ...summary(events.flatMap(({ counted }) => counted)),
    confidence: Math.max(
      ...events.map(({ conducted, targeted }) => Math.min(conducted.confidence, targeted.confidence)),
    ),
  };
}

const RANK: Readonly<Record<Standing, number>> = { stated: 0, alleged: 1, planned: 2, denied: 3 };

function weaker(a: Standing, b: Standing): Standing {
  return RANK[a] > RANK[b] ? a : b;
}

/** All edges that the claims back, derived ones included, in the order of their ids. */
export function projectClaims(
  claims: Iterable<ClaimFact>,
  standings: ReadonlySet<Standing> = STORED_STANDINGS,
): GraphEdge[] {
  const groups = groupByEdge(claims);
  const edges = [...groups.values()].flatMap((group) => projectEdge(group, standings) ?? []);
  for (const { source, target, bridges } of eventBridges(groups.values())) {
    const derived = deriveActedAgainst(source, target, bridges, standings);
    if (derived !== null) edges.push(derived);
  }
  return edges.sort((a, b) => compare(a.id, b.id));
}

export function groupByEdge(claims: Iterable<ClaimFact>): Map<string, ClaimFact[]> {
  const groups = new Map<string, ClaimFact[]>();
  for (const claim of claims) {
    const id = edgeIdOfClaim(claim);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [claim]);
    else group.push(claim);
  }
  return groups;
}

/** Pairs of an actor and a target that one or more events join. Each group holds the claims of one edge. */
export function eventBridges(
  groups: Iterable<readonly ClaimFact[]>,
): { source: string; target: string; bridges: EventBridge[] }[] {
  const events = new Map<string, { conducted: (readonly ClaimFact[])[]; targeted: (readonly ClaimFact[])[] }>();
  const eventOf = (id: string) => {
    const event = events.get(id) ?? { conducted: [], targeted: [] };
    events.set(id, event);
    return event;
  };
  for (const group of groups) {
    const [first] = group;
    if (first?.type === EVENT_TYPES.conducted) eventOf(first.object).conducted.push(group);
    else if (first?.type === EVENT_TYPES.targeted) eventOf(first.subject).targeted.push(group);
  }
  const pairs = new Map<string, { source: string; target: string; bridges: EventBridge[] }>();
  for (const [event, { conducted, targeted }] of events) {
    for (const first of conducted) {
      for (const second of targeted) {
        const source = first[0]?.subject;
        const target = second[0]?.object;
        if (source === undefined || target === undefined) continue;
        const id = edgeId(DERIVED_TYPE, source, target);
        const pair = pairs.get(id) ?? { source, target, bridges: [] };
        pair.bridges.push({ event, conducted: first, targeted: second });
        pairs.set(id, pair);
      }
    }
  }
  return [...pairs.values()];
}
