/**
 * Neo4j Community for tests and for people who try the product with it: fetched from Maven Central into a cache outside version
 * control. It is under the GPL and never shipped with the product.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.ts";

export const NEO4J_VERSION = "5.26.16";
const SLF4J_VERSION = "2.0.17";

/** What Neo4j reaches for inside Java. */
export const OPENED_PACKAGES = ["java.nio", "java.io", "sun.nio.ch", "java.util.concurrent"];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const CACHE = join(ROOT, ".cache/neo4j");

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fil-rouge</groupId>
  <artifactId>neo4j</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>${NEO4J_VERSION}</version></dependency>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${NEO4J_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>${SLF4J_VERSION}</version></dependency>
  </dependencies>
</project>
`;

/** Why Neo4j cannot run here, in one line; null when it can. */
export function whyNoNeo4j(): string | null {
  const java = spawnSync("java", ["-version"], { encoding: "utf8" });
  if (java.error !== undefined || java.status !== 0) return "Java is missing (Neo4j needs 17 or 21)";
  const version = /version "(\d+)/.exec(java.stderr)?.[1] ?? "?";
  if (!["17", "21"].includes(version)) return `Java ${version} is here, Neo4j needs 17 or 21`;
  if (existsSync(libraryFolder())) return null;
  const maven = spawnSync("mvn", ["-version"], { encoding: "utf8" });
  return maven.error !== undefined || maven.status !== 0 ? "Maven is missing (it fetches Neo4j)" : null;
}

/** Loads a folder of `export --format neo4j-admin` into the stopped database of a home. */
export async function importBulk({ home, files }: { home: string; files: string }): Promise<void> {
  const library = await installNeo4j();
  const configuration = join(home, "conf");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(join(configuration, "neo4j.conf"), "dbms.usage_report.enabled=false\n");
  const admin = spawnSync(
    "java",
    [
      "-Xmx512m",
      "-cp",
      join(library, "*"),
      ...OPENED_PACKAGES.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      "org.neo4j.cli.AdminTool",
      ...["database", "import", "full", "neo4j", "@import.args"],
    ],
    { cwd: files, env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: configuration }, encoding: "utf8" },
  );
  if (admin.status !== 0) throw new Error(`The importer refused the files: ${admin.stdout}${admin.stderr}`);
}

function libraryFolder(): string {
  return join(CACHE, NEO4J_VERSION, "lib");
}

/** Folder of the jars. The first caller fetches them (about 120 MB), others wait for it. */
export async function installNeo4j(): Promise<string> {
  const library = libraryFolder();
  if (existsSync(library)) return library;
  mkdirSync(CACHE, { recursive: true });
  return withLock(join(CACHE, "install.lock"), async () => {
    if (existsSync(library)) return library;
    const folder = join(CACHE, `fetching-${String(process.pid)}`);
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(join(folder, "pom.xml"), POM);
      const log = join(folder, "maven.log");
      const maven = spawnSync(
        "mvn",
        ["-q", "-B", "-l", log, "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib"],
        { cwd: folder, encoding: "utf8" },
      );
      if (maven.status !== 0) {
        const told = existsSync(log) ? readFileSync(log, "utf8").slice(-2_000) : maven.stderr;
        throw new Error(`Maven could not fetch Neo4j ${NEO4J_VERSION}: ${told}`);
      }
      mkdirSync(dirname(library), { recursive: true });
      await rename(join(folder, "lib"), library);
      return library;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
