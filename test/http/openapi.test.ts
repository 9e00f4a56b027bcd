import { Validator } from "@seriousme/openapi-schema-validator";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testServer, type TestServer } from "./parts.ts";

let server: TestServer;
let description: {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
};
beforeAll(async () => {
  server = await testServer();
  description = (await request(server.app).get("/api/openapi.json")).body as typeof description;
});
afterAll(() => server.close());

test("the description is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(description));
  expect(result).toEqual({ valid: true });
});

test("every reference leads somewhere", () => {
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);
  const missing = references.filter((target) => {
    const name = /^#\/components\/schemas\/([\w.-]+)$/.exec(target)?.[1];
    return name === undefined || !(name in description.components.schemas);
  });
  expect(missing).toEqual([]);
  expect(references.length).toBeGreaterThan(20);
});

test("every promised route is described, and operation ids are unique", () => {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, ...operation })),
  );
  expect(operations.map(({ route }) => route).sort()).toEqual(
    [
      "DELETE /api/collections/{name}",
      "DELETE /api/documents/{id}",
      "DELETE /api/jobs/{id}",
      "DELETE /api/queries/{id}",
      "DELETE /api/session",
      "DELETE /api/views/{id}",
      "GET /api/bulk/{file}",
      "GET /api/claims",
      "GET /api/collections",
      "GET /api/decisions",
      "GET /api/documents",
      "GET /api/documents/{id}",
      "GET /api/documents/{id}/annotated",
      "GET /api/documents/{id}/original",
      "GET /api/documents/{id}/originals",
      "GET /api/entities",
      "GET /api/entities/{id}",
      "GET /api/entities/{id}/neighbours",
      "GET /api/export",
      "GET /api/gallery",
      "GET /api/graph",
      "GET /api/health",
      "GET /api/jobs",
      "GET /api/jobs/{id}",
      "GET /api/jobs/{id}/events",
      "GET /api/lists",
      "GET /api/ontology",
      "GET /api/openapi.json",
      "GET /api/paths",
      "GET /api/queries",
      "GET /api/queries/{id}",
      "GET /api/review",
      "GET /api/session",
      "GET /api/suggestions",
      "GET /api/together",
      "GET /api/verification",
      "GET /api/watching",
      "GET /api/views",
      "GET /api/views/{id}",
      "GET /api/views/{id}/changes",
      "GET /api/views/{id}/export",
      "POST /api/cypher",
      "POST /api/decisions",
      "POST /api/decisions/{id}/undo",
      "POST /api/documents",
      "POST /api/export",
      "POST /api/graph",
      "POST /api/jobs",
      "POST /api/queries",
      "POST /api/session",
      "POST /api/suggestions/accept",
      "POST /api/views",
      "POST /api/timeline",
      "PUT /api/queries/{id}",
      "PUT /api/views/{id}",
    ].sort(),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});
