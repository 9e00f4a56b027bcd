import { gzipSync, brotliCompressSync, deflateSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { ResolveName } from "../../../server/reading/web/connection.ts";
import { fetchPage, type FetchOutcome, type FetchParts } from "../../../server/reading/web/fetch-page.ts";
import { FETCH_LIMITS } from "../../../server/reading/web/fetch-resource.ts";
import { openSite, openSocketSite, partsFor, policyFor, resolveHere, type TestSite } from "./servers.ts";

const sites: TestSite[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

async function site(listener: Parameters<typeof openSite>[0]): Promise<TestSite> {
  const opened = await openSite(listener);
  sites.push(opened);
  return opened;
}

async function socketSite(talk: Parameters<typeof openSocketSite>[0]): Promise<TestSite> {
  const opened = await openSocketSite(talk);
  sites.push(opened);
  return opened;
}

function fetched(from: TestSite, path: string, given: Partial<FetchParts> = {}): Promise<FetchOutcome> {
  return fetchPage(`${from.origin}${path}`, {}, partsFor(from, given));
}

function refusal(message: string, code = "unreadable") {
  return { input: null, problem: { code, message } };
}

const SMALL = { ...FETCH_LIMITS, bytes: 10_000 };
const SHORT = { ...FETCH_LIMITS, milliseconds: 300 };

describe("what comes back", () => {
  test("bytes, media type with its charset and the final address", async () => {
    const one = await site((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new?a=1#part" }).end();
      else response.writeHead(200, { "content-type": "text/html; charset=iso-8859-1" }).end(Buffer.from("é", "latin1"));
    });
    expect(await fetched(one, "/old#here")).toEqual({
      input: {
        bytes: Buffer.from([0xe9]),
        name: `${one.origin}/old#here`,
        mediaType: "text/html; charset=iso-8859-1",
        hints: {},
        address: `${one.origin}/new?a=1`,
      },
      headers: { "content-type": "text/html; charset=iso-8859-1", date: expect.any(String) as string },
      problem: null,
    });
    expect(one.asked).toEqual(["/old", "/new?a=1"]);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("a body in %s is decompressed", async (encoding, compress) => {
    const one = await site((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(compress("Le procès")),
    );
    const { input } = await fetched(one, "/");
    expect(Buffer.from(input!.bytes).toString()).toBe("Le procès");
  });
});

describe("where it may lead", () => {
  test.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
  ])("%s is refused before anything is connected", async (address) => {
    const host = new URL(address).hostname.replace(/^\[|\]$/g, "");
    const parts = { ...partsFor(await site(() => undefined)), resolve: undefined };
    expect(await fetchPage(address, {}, { ...parts, resolve: () => Promise.reject(new Error("asked")) })).toEqual(
      refusal(`${address} leads to ${host}, which is no public address, and is not fetched.`),
    );
  });

  test("a name that resolves to this machine is refused, also beside a public address", async () => {
    const one = await site((_request, response) => response.end("secret"));
    const policy = { ...policyFor(one), hosts: new Set<string>() };
    const mixed: ResolveName = () =>
      Promise.resolve([
        { address: "93.184.215.14", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ]);
    for (const resolve of [resolveHere, mixed]) {
      expect(await fetched(one, "/", { policy, resolve })).toEqual(
        refusal(`${one.origin}/ leads to site.test (127.0.0.1), which is no public address, and is not fetched.`),
      );
    }
    expect(one.asked).toEqual([]);
  });

  test("a redirect into the network is refused", async () => {
    const one = await site((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${one.port}/secret` }).end(),
    );
    expect(await fetched(one, "/")).toEqual(
      refusal(`${one.origin}/ leads to 127.0.0.1, which is no public address, and is not fetched.`),
    );
    expect(one.asked).toEqual(["/"]);
  });

  test("the connection goes to the address that was judged: the name is asked once a request", async () => {
    const one = await site((_request, response) => response.end("text"));
    let asked = 0;
    const rebinding: ResolveName = () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }]);
    };
    expect((await fetched(one, "/", { resolve: rebinding })).problem).toBeNull();
    expect(asked).toBe(1);
  });

  test.each([
    ["ftp://site.test/a", "begins with ftp:; only http and https are fetched", "unsupported_format"],
    ["file:///etc/passwd", "begins with file:; only http and https are fetched", "unsupported_format"],
    ["http://user:secret@site.test/", "holds a user name or password; give the address without it", "unreadable"],
    ["http://site.test:22/", "uses port 22; allowed are 80, 443", "unreadable"],
    ["http://exa mple/", "is no web address", "unreadable"],
  ])("%s %s", async (address, why, code) => {
    const parts = {
      ...partsFor(await site(() => undefined)),
      policy: { ports: new Set([80, 443]), hosts: new Set([]) },
    };
    expect(await fetchPage(address, {}, parts as FetchParts)).toEqual(refusal(`${address} ${why}.`, code));
  });

  test("an unknown name is told", async () => {
    const one = await site(() => undefined);
    const resolve: ResolveName = () => Promise.reject(new Error("ENOTFOUND"));
    expect(await fetched(one, "/", { resolve })).toEqual(
      refusal(`${one.origin}/ has a name that is unknown (site.test).`),
    );
  });
});

describe("servers that misbehave", () => {
  test("redirects in a circle, and without end", async () => {
    const circle = await site((request, response) =>
      response.writeHead(302, { location: request.url === "/a" ? "/b" : "/a" }).end(),
    );
    const endless = await site((request, response) =>
      response.writeHead(307, { location: `${request.url ?? ""}x` }).end(),
    );
    expect(await fetched(circle, "/a")).toEqual(refusal(`${circle.origin}/a is redirected in a circle.`));
    expect(await fetched(endless, "/")).toEqual(refusal(`${endless.origin}/ is redirected more than 5 times.`));
    expect(endless.asked).toHaveLength(6);
  });

  test("an answer that never ends is cut at its size", async () => {
    const one = await site((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const more = () => {
        while (!response.destroyed && response.write("a".repeat(1000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(await fetched(one, "/", { limits: SMALL })).toEqual(
      refusal(`${one.origin}/ is longer than 0.01 MB.`, "too_large"),
    );
  });

  test("a head, or a body, that never comes is cut at its time", async () => {
    const headless = await socketSite(() => undefined);
    const dripping = await site((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    });
    for (const one of [headless, dripping]) {
      expect(await fetched(one, "/", { limits: SHORT })).toEqual(
        refusal(`${one.origin}/ did not answer whole within 0.3 seconds.`),
      );
    }
  });

  test("a length that is a lie: too long is refused at once, too short cuts, not reached is told", async () => {
    const long = await site((_request, response) => response.writeHead(200, { "content-length": 10_001 }).write("a"));
    expect(await fetched(long, "/", { limits: SMALL })).toEqual(
      refusal(`${long.origin}/ is longer than 0.01 MB.`, "too_large"),
    );
    const short = await socketSite((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext and more"));
    expect(Buffer.from((await fetched(short, "/")).input!.bytes).toString()).toBe("text");
    const unreached = await socketSite((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\ntext"));
    expect(await fetched(unreached, "/")).toEqual(refusal(`${unreached.origin}/ stopped before its end; try again.`));
  });

  test("a gzip bomb is cut at its decompressed size, a damaged or unknown encoding is told", async () => {
    const one = await site((request, response) => {
      const bomb = gzipSync(Buffer.alloc(5_000_000));
      const body = request.url === "/bomb" ? bomb : request.url === "/cut" ? bomb.subarray(0, 2000) : Buffer.from("no");
      response.writeHead(200, { "content-encoding": request.url === "/odd" ? "zstd" : "gzip" }).end(body);
    });
    const limits = { ...FETCH_LIMITS, bytes: 1_000_000 };
    expect(await fetched(one, "/bomb", { limits })).toEqual(
      refusal(`${one.origin}/bomb is longer than 1 MB.`, "too_large"),
    );
    expect(await fetched(one, "/cut", { limits: { ...limits, bytes: 5_000_000 } })).toEqual(
      refusal(`${one.origin}/cut is compressed and damaged.`),
    );
    expect(await fetched(one, "/damaged")).toEqual(refusal(`${one.origin}/damaged is compressed and damaged.`));
    expect(await fetched(one, "/odd")).toEqual(
      refusal(`${one.origin}/odd is sent in the encoding "zstd", which is not understood.`),
    );
  });

  test("a wrong type is not loaded, an error is told with its number", async () => {
    const one = await site((request, response) => {
      if (request.url === "/film") response.writeHead(200, { "content-type": "video/mp4" }).write("x");
      else response.writeHead(request.url === "/gone" ? 410 : 503).end("no");
    });
    expect(await fetched(one, "/film")).toEqual(
      refusal(`${one.origin}/film is video/mp4, a format that is not read.`, "unsupported_format"),
    );
    expect(await fetched(one, "/gone")).toEqual(refusal(`${one.origin}/gone answered 410 Gone.`));
    expect(await fetched(one, "/down")).toEqual(
      refusal(`${one.origin}/down answered 503 Service Unavailable; try again later.`),
    );
  });

  test("what is no HTTP, a broken and a refused connection are told", async () => {
    const garbage = await socketSite((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const broken = await socketSite((socket) => socket.resetAndDestroy());
    expect((await fetched(garbage, "/")).problem?.message).toMatch(/^http:\S+ cannot be fetched \(Parse Error/);
    expect(await fetched(broken, "/")).toEqual(refusal(`${broken.origin}/ broke the connection; try again.`));
    const closed = await openSite(() => undefined);
    await closed.close();
    expect(await fetched(closed, "/")).toEqual(refusal(`${closed.origin}/ refuses the connection.`));
  });
});
