import request from "supertest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testServer, type TestServer } from "./parts.ts";

const newQuery = { name: "All", cypher: "MATCH (n) RETURN n" };

describe("without a password", () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await testServer();
  });
  afterEach(() => server.close());

  test.each(["localhost", "localhost:3000", "127.0.0.1:8080", "[::1]:3000"])(
    "%s is a name of this machine",
    async (host) => {
      expect((await request(server.app).get("/api/queries").set("Host", host)).status).toBe(200);
    },
  );

  test.each(["evil.example", "localhost.evil.example", "evil.example:3000"])(
    "%s as Host is refused, so that a rebound name reads nothing",
    async (host) => {
      const response = await request(server.app).get("/api/queries").set("Host", host);
      expect([response.status, response.body]).toEqual([
        403,
        {
          error: {
            code: "forbidden",
            message: `This server does not answer to the name "${host.replace(/:\d+$/, "")}". Use localhost.`,
          },
        },
      ]);
    },
  );

  test.each([
    ["another site", { "Sec-Fetch-Site": "cross-site" }],
    ["another port of the same machine", { "Sec-Fetch-Site": "same-site" }],
    ["a foreign origin", { Origin: "https://evil.example" }],
    ["another port as origin", { Origin: "http://localhost:9999" }],
    ["a page without an origin", { Origin: "null" }],
  ])("a write from %s is refused and nothing is saved", async (_name, headers) => {
    const response = await request(server.app)
      .post("/api/queries")
      .set({ Host: "localhost:3000", ...headers })
      .send(newQuery);
    expect([response.status, (response.body as { error: { code: string } }).error.code]).toEqual([403, "forbidden"]);
    expect(await server.parts.workspace.queries()).toEqual([]);
  });

  test("a read of the API from another site is refused", async () => {
    const response = await request(server.app).get("/api/queries").set("Sec-Fetch-Site", "cross-site");
    expect(response.status).toBe(403);
  });

  test("a link from another site opens the page", async () => {
    const response = await request(server.app).get("/").set({ "Sec-Fetch-Site": "cross-site", Accept: "text/html" });
    expect(response.status).toBe(503);
    expect(response.text).toContain("The page is not built");
  });

  test("the own page and a program without an origin may write", async () => {
    const page = await request(server.app)
      .post("/api/queries")
      .set({ Host: "localhost:3000", Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-origin" })
      .send(newQuery);
    const program = await request(server.app).post("/api/queries").send(newQuery);
    expect([page.status, program.status]).toEqual([201, 201]);
  });

  test("the headers let Sigma's workers live and nothing foreign in", async () => {
    const { headers } = await request(server.app).get("/api/queries");
    const policy = String(headers["content-security-policy"]).split(";");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("img-src 'self' data: blob:");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  test("a wrong token is refused although no password is set", async () => {
    const response = await request(server.app).get("/api/session").set("Authorization", "Bearer other");
    expect(response.status).toBe(401);
  });
});

describe("with a password", () => {
  let server: TestServer;
  let time: Date;
  beforeEach(async () => {
    time = new Date("2026-01-01T00:00:00.000Z");
    server = await testServer({ password: "correct horse", now: () => time });
  });
  afterEach(() => server.close());

  const signIn = (password: string) => request(server.app).post("/api/session").send({ password });

  test("the API needs a session, whatever the path", async () => {
    const answers = await Promise.all(
      ["/api/queries", "/api/graph", "/api/openapi.json", "/api/nothing"].map((path) => request(server.app).get(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  test("pages lead to the sign-in page", async () => {
    const response = await request(server.app).get("/anything");
    expect([response.status, response.headers["location"]]).toEqual([303, "/login"]);
    const page = await request(server.app).get("/login").set("Accept-Language", "fr-FR");
    expect(page.text).toContain("Mot de passe");
  });

  test("a link to a saved view opens after signing in; no other address does", async () => {
    const led = await request(server.app).get("/view/v-1/present/2");
    expect(led.headers["location"]).toBe("/login?to=%2Fview%2Fv-1%2Fpresent%2F2");
    const page = await request(server.app).get(led.headers["location"] ?? "");
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const opened = await request(server.app).post(action).type("form").send({ password: "correct horse" });
    expect([opened.status, opened.headers["location"]]).toEqual([303, "/view/v-1/present/2"]);
    for (const to of [
      "https://evil.example/view/a",
      "//evil.example/view/a",
      "/view/..//evil.example",
      "/api/export",
    ]) {
      const elsewhere = await request(server.app)
        .post(`/login?to=${encodeURIComponent(to)}`)
        .type("form")
        .send({ password: "correct horse" });
      expect([to, elsewhere.headers["location"]]).toEqual([to, "/"]);
    }
  });

  test("the right password gives a cookie that opens the API", async () => {
    const opened = await signIn("correct horse");
    expect([opened.status, opened.body]).toEqual([
      201,
      { required: true, signedIn: true, token: expect.any(String) as string, expiresAt: "2026-01-15T00:00:00.000Z" },
    ]);
    const cookie = String(opened.headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const response = await request(server.app).get("/api/queries").set("Cookie", cookie.split(";")[0]!);
    expect([response.status, response.body]).toEqual([200, []]);
  });

  test("the same value works as a Bearer token, and the owner's token too", async () => {
    const { token } = (await signIn("correct horse")).body as { token: string };
    const asBearer = await request(server.app).get("/api/queries").set("Authorization", `Bearer ${token}`);
    const asOwner = await request(server.app).get("/api/queries").set("Authorization", "Bearer owner-token");
    expect([asBearer.status, asOwner.status]).toEqual([200, 200]);
  });

  test("a session ends after two weeks, and a forged one never begins", async () => {
    const { token } = (await signIn("correct horse")).body as { token: string };
    time = new Date("2026-01-15T00:00:00.001Z");
    const late = await request(server.app).get("/api/queries").set("Authorization", `Bearer ${token}`);
    const forged = await request(server.app)
      .get("/api/queries")
      .set("Cookie", `fil-rouge-session=${encodeURIComponent(token.replace(/^\d+/, "9999999999999"))}`);
    expect([late.status, forged.status]).toEqual([401, 401]);
  });

  test("a session outlives a restart, but not another password", async () => {
    const { token } = (await signIn("correct horse")).body as { token: string };
    const again = await testServer({ password: "correct horse", now: () => time, workspace: server.parts.workspace });
    const other = await testServer({ password: "another one", now: () => time, workspace: server.parts.workspace });
    const header = `Bearer ${token}`;
    expect((await request(again.app).get("/api/queries").set("Authorization", header)).status).toBe(200);
    expect((await request(other.app).get("/api/queries").set("Authorization", header)).status).toBe(401);
    await again.close();
    await other.close();
  });

  test("ten wrong passwords close the door for ten minutes, to the right one too", async () => {
    const wrong = [];
    for (let attempt = 0; attempt < 10; attempt += 1) wrong.push((await signIn("wrong")).status);
    expect(wrong).toEqual(Array(10).fill(401));
    const refused = await signIn("correct horse");
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "600"]);
    time = new Date(time.getTime() + 10 * 60_000);
    expect((await signIn("correct horse")).status).toBe(201);
  });

  test("the sign-in form works without scripts", async () => {
    const wrong = await request(server.app).post("/login").type("form").send({ password: "wrong" });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toContain("The password is wrong.");
    const right = await request(server.app).post("/login").type("form").send({ password: "correct horse" });
    expect([right.status, right.headers["location"]]).toEqual([303, "/"]);
    expect(String(right.headers["set-cookie"])).toContain("fil-rouge-session=");
  });
});
