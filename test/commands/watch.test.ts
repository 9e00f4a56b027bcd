/** The built program watches: a feed of this machine, a folder, with a server and without; killed and started again. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { watchingSchema } from "../../server/contract/watching.ts";
import { buildProgram, openCli, type Cli } from "./cli.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: Cli;
let site: Server;
let origin: string;
let env: Record<string, string>;
let asked: string[];
let articles: Map<string, string>;

const FIRST =
  "Un site neutralisé\n\nL'agence Europol a neutralisé le site Amaq pendant deux jours, dit le parquet belge.";
const SECOND =
  "La plateforme\n\nLa plateforme Telegram a aidé l'agence Europol à fermer plusieurs canaux, dit le parquet.";

beforeAll(buildProgram);
beforeEach(async () => {
  cli = await openCli();
  [asked, articles] = [[], new Map([["/1", FIRST]])];
  site = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (path === "/feed") {
      const items = [...articles.keys()].map((one) => `<item><title>Europol ${one}</title><link>${one}</link></item>`);
      response.writeHead(200, { "content-type": "text/xml" });
      response.end(`<rss><channel><title>Le fil</title>${items.join("")}</channel></rss>`);
      return;
    }
    response.writeHead(articles.has(path) ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
    response.end(articles.get(path));
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  env = { FIL_ROUGE_ALLOWED_HOSTS: "127.0.0.1", FIL_ROUGE_ALLOWED_PORTS: String(port) };
});
afterEach(async () => {
  await cli.close();
  site.closeAllConnections();
  site.close();
});

async function documents(): Promise<string[]> {
  const cypher = "MATCH (d:Document) RETURN d.title ORDER BY d.title";
  const { stdout } = await cli.run(["query", cypher, "--format", "csv"], { env });
  return stdout.trimEnd().split("\r\n").slice(1);
}

test("a feed's articles are stored once, over restarts, and its log is told by the server", async () => {
  const first = await cli.run(["watch", `${origin}/feed`, "--once", "--match", "europol"], { env });
  expect([first.status, first.stderr]).toEqual([0, `${origin}/feed: 1 new, 1 read.\n`]);
  expect(first.stdout).toMatch(/^added +http.*\/1: /);

  const server = await cli.serve([], env);
  articles.set("/2", SECOND);
  const second = await cli.run(["watch", `${origin}/feed`, "--once"], { env });
  expect([second.status, second.stderr]).toEqual([0, `${origin}/feed: 1 new, 1 read.\n`]);
  expect(asked.filter((path) => path !== "/feed")).toEqual(["/1", "/2"]);
  const answer = await fetch(`${server.address}/api/watching`);
  const { sources } = watchingSchema.parse(await answer.json());
  expect(sources.map(({ source, title, taken, active, log }) => [source, title, taken, active, log.length])).toEqual([
    [`${origin}/feed`, "Le fil", 2, false, 2],
  ]);
  expect(await documents()).toEqual(["La plateforme", "Un site neutralisé"]);
  expect((await cli.run(["verify"], { env })).stdout).toMatch(/2 originals checked: everything stands\.\n$/);
});

test("two watchers on one folder take each file once; the second goes on when the first is killed", async () => {
  const folder = join(cli.folder, "in");
  await mkdir(folder);
  await writeFile(join(folder, "a.txt"), FIRST);
  const words = ["watch", "in", "--every", "1s"];
  const first = cli.start(words, env);
  await first.printed(/1 new or changed, 1 read/);
  const second = cli.start(words, env);
  await second.printed(/is watched by process \d+; waiting for its end/);
  await writeFile(join(folder, "b.txt"), SECOND);
  // Not before it is written down: what a killed watcher had not noted is read again, and known.
  await first.printed(/(?:1 new or changed, 1 read[\s\S]*){2}/);
  first.child.kill("SIGKILL");
  await first.ended;
  await writeFile(join(folder, "c.txt"), `${SECOND} Trois serveurs ont été saisis à Gand.`);
  await second.printed(/added +.*c\.txt/);
  second.child.kill("SIGINT");
  const ended = await second.ended;
  expect(ended.stdout.match(/\w+\.txt/g)).toEqual(["c.txt"]);
  expect(await documents()).toHaveLength(3);
});

test.each([
  [["nowhere"], "fil-rouge: nowhere does not exist. Name a folder, or a feed by its address.\n"],
  [["."].concat("--every", "soon"), 'fil-rouge: --every takes a time such as 30s, 15m, 2h or 1d, not "soon".\n'],
  [["https://site.test/rss", "--every", "5s"], "fil-rouge: A feed is asked once a minute at most: --every 1m.\n"],
])("wrong use: %j", async (words, message) => {
  expect(await cli.run(["watch", ...words])).toEqual({ status: 2, stdout: "", stderr: message });
});

test("a source that fails is one line, and the others are looked at", async () => {
  await mkdir(join(cli.folder, "in"));
  await writeFile(join(cli.folder, "in", "a.txt"), FIRST);
  const { status, stdout, stderr } = await cli.run(["watch", `${origin}/1`, "in", "--once"], { env });
  expect([status, stderr.split("\n").slice(0, 2)]).toEqual([
    1,
    [
      `${origin}/1: ${origin}/1 is no feed: neither RSS nor Atom stands in it.`,
      `${join(cli.folder, "in")}: 1 new or changed, 1 read.`,
    ],
  ]);
  expect(stdout).toMatch(/^added/);
});
