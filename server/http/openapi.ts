/**
 * The OpenAPI 3.1 document, made from the same routes that the app answers.
 */
import { z } from "zod";
import {
  acceptedSchema,
  gallerySchema,
  ingestedSchema,
  newDocumentSchema,
  newQuerySchema,
  savedQuerySchema,
  cypherRequestSchema,
} from "../contract/api.ts";
import { cypherResultSchema, cypherValueSchema } from "../contract/cypher.ts";
import {
  acceptedSuggestionsSchema,
  acceptSuggestionsSchema,
  decisionPageSchema,
  newDecisionSchema,
  possibleDuplicateSchema,
  possibleDuplicatesSchema,
  reviewPageSchema,
  toldDecisionSchema,
  undoRequestSchema,
} from "../contract/decisions.ts";
import {
  claimPageSchema,
  collectionsSchema,
  documentPageSchema,
  documentReferenceSchema,
  entityDetailSchema,
  entityHitsSchema,
  graphEdgeSchema,
  graphNodeSchema,
  graphSchema,
  neighboursSchema,
  pathsSchema,
  storedClaimSchema,
  storedDocumentSchema,
  togetherSchema,
} from "../contract/graph.ts";
import { actorListsSchema } from "../contract/lists.ts";
import { ontologySchema } from "../contract/ontology.ts";
import { originalsSchema } from "../contract/original.ts";
import { documentReportSchema, errorBodySchema, healthSchema, jobSchema } from "../contract/report.ts";
import {
  changedViewSchema,
  newViewSchema,
  savedViewSchema,
  viewChangesSchema,
  viewSummarySchema,
} from "../contract/view.ts";
import { watchingSchema } from "../contract/watching.ts";
import { innerType, type Route, type RouteAnswer } from "./route.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface JsonObject {
  [key: string]: Json;
}

/** Schemas that the document names; the others stand where they are used. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Accepted: acceptedSchema,
  AcceptedSuggestions: acceptedSuggestionsSchema,
  AcceptSuggestions: acceptSuggestionsSchema,
  ClaimPage: claimPageSchema,
  ActorLists: actorListsSchema,
  Claim: storedClaimSchema,
  Collections: collectionsSchema,
  ChangedView: changedViewSchema,
  CypherRequest: cypherRequestSchema,
  CypherResult: cypherResultSchema,
  CypherValue: cypherValueSchema,
  Decision: toldDecisionSchema,
  DecisionPage: decisionPageSchema,
  DocumentPage: documentPageSchema,
  DocumentReference: documentReferenceSchema,
  DocumentReport: documentReportSchema,
  Edge: graphEdgeSchema,
  Entity: graphNodeSchema,
  EntityDetail: entityDetailSchema,
  EntityHits: entityHitsSchema,
  Error: errorBodySchema,
  Gallery: gallerySchema,
  Graph: graphSchema,
  Health: healthSchema,
  Ingested: ingestedSchema,
  Job: jobSchema,
  Neighbours: neighboursSchema,
  NewDecision: newDecisionSchema,
  NewDocument: newDocumentSchema,
  NewQuery: newQuerySchema,
  NewView: newViewSchema,
  Ontology: ontologySchema,
  Originals: originalsSchema,
  Paths: pathsSchema,
  PossibleDuplicate: possibleDuplicateSchema,
  PossibleDuplicates: possibleDuplicatesSchema,
  ReviewPage: reviewPageSchema,
  SavedQuery: savedQuerySchema,
  SavedView: savedViewSchema,
  StoredDocument: storedDocumentSchema,
  Together: togetherSchema,
  UndoRequest: undoRequestSchema,
  ViewChanges: viewChangesSchema,
  ViewSummary: viewSummarySchema,
  Watching: watchingSchema,
};

const REQUESTS: ReadonlySet<z.ZodType> = new Set<z.ZodType>([
  changedViewSchema,
  cypherRequestSchema,
  newDocumentSchema,
  newQuerySchema,
  newViewSchema,
  acceptSuggestionsSchema,
  newDecisionSchema,
  undoRequestSchema,
]);

export function openApiDocument(routes: readonly Route[], version: string): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Fil rouge",
      version,
      description: "Who did what to whom, each relationship with the sentence that states it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{}, { session: [] }, { token: [] }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "fil-rouge-session" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operation(route: Route): JsonObject {
  const responses: JsonObject = {};
  for (const [status, answer] of Object.entries(route.responses)) responses[status] = response(answer);
  responses["default"] = {
    description: "What is wrong, with which item, and what to do",
    content: { "application/json": { schema: reference("Error") } },
  };
  const body = requestBody(route);
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.open === true ? { security: [] } : {}),
    parameters: [...parameters(route.params, "path"), ...parameters(route.query, "query")],
    ...(body === null ? {} : { requestBody: body }),
    responses,
  };
}

/** `get /api/jobs/{id}/events` → `getJobsByIdEvents` */
function operationId({ method, path }: Route): string {
  const words = path
    .replace("/api/", "")
    .split("/")
    .map((word) => (word.startsWith("{") ? `By-${word.slice(1, -1)}` : word));
  return `${method}-${words.join("-")}`.replaceAll(/[-.]+(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function parameters(schema: z.ZodObject | null, place: "path" | "query"): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const type = field as z.ZodType;
    const isList = innerType(type) instanceof z.ZodArray;
    return {
      name,
      in: place,
      required: place === "path" || !type.safeParse(undefined).success,
      schema: inlineSchema(type, "input"),
      ...(isList ? { style: "form", explode: false } : {}),
    };
  });
}

function requestBody(route: Route): JsonObject | null {
  const content: JsonObject = {};
  if (route.body !== null) content["application/json"] = { schema: schemaOf(route.body, "input") };
  if (route.multipart !== undefined) {
    const schema = inlineSchema(route.multipart, "input");
    const properties = schema["properties"] as JsonObject;
    const files = { type: "array", items: { type: "string", contentMediaType: "application/octet-stream" } };
    content["multipart/form-data"] = { schema: { ...schema, properties: { ...properties, files } } };
  }
  return Object.keys(content).length === 0 ? null : { required: true, content };
}

function response({ description, schema, mediaTypes }: RouteAnswer): JsonObject {
  if (schema !== undefined)
    return { description, content: { "application/json": { schema: schemaOf(schema, "output") } } };
  if (mediaTypes === undefined) return { description };
  return {
    description,
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: { type: "string" } }])),
  };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
  if (schema instanceof z.ZodArray) return { type: "array", items: schemaOf(schema.element as z.ZodType, io) };
  const name = Object.keys(NAMED).find((candidate) => NAMED[candidate] === schema);
  return name === undefined ? inlineSchema(schema, io) : reference(name);
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

function inlineSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  return withoutAddress(z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonObject);
}

/** OpenAPI says once for all which dialect its schemas speak, and where they stand. */
function withoutAddress(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id"));
}

function namedSchemas(): JsonObject {
  return { ...convert(false), ...convert(true) };
}

/** Requests as they come in, answers as they go out: defaults are optional in the one and there in the other. */
function convert(isRequest: boolean): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) {
    if (REQUESTS.has(schema) === isRequest) registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: isRequest ? "input" : "output",
    uri: (id) => `#/components/schemas/${id}`,
  });
  // zod puts what it shares itself under a name that no reference of OpenAPI can hold.
  const text = JSON.stringify(schemas).replaceAll("__shared#/$defs/", "Shared-");
  const converted: JsonObject = {};
  for (const [name, schema] of Object.entries(JSON.parse(text) as { [name: string]: JsonObject })) {
    if (name === "__shared") {
      for (const [shared, part] of Object.entries((schema["$defs"] ?? {}) as JsonObject)) {
        converted[`Shared-${shared}`] = part;
      }
      continue;
    }
    converted[name] = withoutAddress(schema);
  }
  return converted;
}
