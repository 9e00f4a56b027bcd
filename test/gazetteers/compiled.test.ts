import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadGazetteer } from "../../server/resolution/gazetteer.ts";
import { readGazetteerFile } from "../../server/resolution/gazetteer-file.ts";
import type { ActorRow } from "../../server/resolution/gazetteer-file.ts";

const FOLDER = path.join(import.meta.dirname, "../../data/gazetteers");
const CORPORA = path.join(import.meta.dirname, "../../../shared/corpora");
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".csv"));
const ACTOR_FILES = FILES.filter((name) => name !== "name-forms.csv");

const rows = new Map<string, ActorRow[]>();
beforeAll(() => {
  for (const name of ACTOR_FILES) {
    const { rows: read, warnings } = readGazetteerFile(readFileSync(path.join(FOLDER, name), "utf8"), name);
    expect(warnings).toEqual([]);
    rows.set(
      name,
      read.map(({ row }) => row),
    );
  }
});

const all = (): ActorRow[] => [...rows.values()].flat();
const of = (name: string): ActorRow[] => rows.get(name)!;

describe("the compiled gazetteers", () => {
  it("hold as many rows as promised", () => {
    const count = (type: string): number => all().filter((row) => row.type === type).length;
    expect(of("countries.csv").length).toBeGreaterThanOrEqual(250);
    expect(count("PublicBody")).toBeGreaterThanOrEqual(400);
    expect(count("Platform")).toBeGreaterThanOrEqual(250);
    expect(count("MediaOutlet")).toBeGreaterThanOrEqual(400);
    expect(count("ThreatGroup")).toBeGreaterThanOrEqual(800);
    const groups = all().filter((row) => row.type === "ThreatGroup");
    const aliases = groups.flatMap((row) => row.names.filter((name) => !name.isLabel));
    expect(aliases.length).toBeGreaterThanOrEqual(2_000);
    expect(of("cities.csv").filter((row) => row.countries.length === 1).length).toBeGreaterThanOrEqual(5_000);
  });

  it("name the promised numbers of bodies, platforms and media by hand, without the lists that add to them", () => {
    const written = (file: string): number =>
      readFileSync(path.join(FOLDER, "by-hand", file), "utf8")
        .trim()
        .split("\n").length - 1;
    expect(written("public-bodies.tsv")).toBeGreaterThanOrEqual(400);
    expect(written("platforms.tsv")).toBeGreaterThanOrEqual(250);
    expect(written("media.tsv")).toBeGreaterThanOrEqual(400);
  });

  it("have ids that are there once, sorted, and of the form kind:slug", () => {
    for (const [name, list] of rows) {
      const ids = list.map((row) => row.id);
      expect([name, ids]).toEqual([name, [...ids].sort((a, b) => (a < b ? -1 : 1))]);
    }
    const ids = all().map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+:[\p{Ll}\p{Lo}\p{N}-]+$/u.test(id))).toEqual([]);
  });

  it("name countries by codes that exist", () => {
    const codes = new Set(of("countries.csv").map((row) => row.code));
    const dangling = all().flatMap((row) =>
      row.countries.filter((code) => !codes.has(code)).map((code) => `${row.id} ${code}`),
    );
    expect(dangling).toEqual([]);
  });

  it("have both labels, an origin, and no name twice in a row", () => {
    const faults = all().filter((row) => {
      const texts = row.names.map((name) => name.text);
      return (
        row.labels.en === "" || row.labels.fr === "" || row.origin.length === 0 || new Set(texts).size < texts.length
      );
    });
    expect(faults.map((row) => row.id)).toEqual([]);
  });

  it("name every origin in SOURCES.md", () => {
    const sources = readFileSync(path.join(FOLDER, "SOURCES.md"), "utf8");
    const origins = new Set(all().flatMap((row) => row.origin));
    expect([...origins].filter((origin) => !sources.includes(`\`${origin}\``))).toEqual([]);
  });

  it("give French and English demonyms and a capital for every state of today", () => {
    const states = of("countries.csv").filter((row) => row.kind === "state");
    expect(states.length).toBeGreaterThanOrEqual(195);
    expect(states.filter((row) => row.demonyms.length < 4 || row.metonyms.length === 0).map((row) => row.id)).toEqual(
      [],
    );
  });

  it("stay below three megabytes together", () => {
    const bytes = FILES.reduce((sum, name) => sum + statSync(path.join(FOLDER, name)).size, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });

  it("load in less than ten times the three hundred milliseconds of computing that they may take", async () => {
    const start = process.cpuUsage();
    await loadGazetteer(FOLDER);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(3_000);
  });

  it.skipIf(!existsSync(CORPORA))(
    "are what the compile script makes from the corpora (skipped where these are not)",
    () => {
      const out = mkdtempSync(path.join(tmpdir(), "gazetteers-"));
      execFileSync(process.execPath, [path.join(FOLDER, "compile.mjs"), "--corpora", CORPORA, "--out", out], {
        stdio: "pipe",
      });
      expect(readdirSync(out).sort()).toEqual([...FILES].sort());
      for (const name of FILES) {
        const same = readFileSync(path.join(out, name)).equals(readFileSync(path.join(FOLDER, name)));
        expect([name, same]).toEqual([name, true]);
      }
    },
  );
});
