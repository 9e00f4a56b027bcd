/**
 * Builds what the program runs from: the server (`tsc -b server` → dist/server) and the page (`vite build` → dist/client), each
 * only when one of its sources changed since its last build. Used by `prepare`, `start` and `test`; `--force` builds anyway,
 * `--server` leaves the page out.
 */
import { performance } from "node:perf_hooks";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const force = process.argv.includes("--force");
const serverOnly = process.argv.includes("--server");
const program = join(root, "dist/server/main.js");

/** A change of any of these files' names, sizes or times asks for a new build. */
function fingerprint(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const stats = statSync(full);
    if (stats.isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        if (name !== "node_modules" && !name.startsWith(".")) visit(join(path, name));
      }
    } else {
      hash.update(`${path}\u0000${stats.size}\u0000${stats.mtimeMs}\n`);
    }
  };
  for (const path of [...paths, "package-lock.json", "tsconfig.base.json", "build.mjs"]) visit(path);
  return hash.digest("hex");
}

function run(script, args) {
  const result = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  return result.status === 0;
}

const parts = [
  {
    name: "server",
    folder: "dist/server",
    sources: ["server"],
    tool: "typescript/bin/tsc",
    build: () => run("typescript/bin/tsc", ["-b", "server"]),
    finish: () => chmodSync(program, 0o755),
    isBuilt: () => existsSync(program),
  },
  {
    name: "page",
    folder: "dist/client",
    // The page takes its types and its vocabulary from the server's contract.
    sources: ["client", "vite.config.ts", "server/contract", "data/ontology.json"],
    tool: "vite/bin/vite.js",
    build: () => run("vite/bin/vite.js", ["build", "--logLevel", "warn"]),
    finish: () => undefined,
    isBuilt: () => existsSync(join(root, "dist/client/index.html")),
  },
].filter((part) => part.name === "server" || !serverOnly);

const missingTools = parts.filter((part) => !existsSync(join(root, "node_modules", part.tool)));
if (missingTools.length > 0) {
  const built = parts.every((part) => part.isBuilt());
  const why = "the development dependencies are not installed";
  if (built) {
    console.error(`build: nothing done, ${why}; the present build is used.`);
  } else {
    console.error(`build: nothing done, ${why}. Run "npm ci" (without --omit=dev) once to build.`);
    // Installing must go on; starting without a build cannot.
    if (process.env.npm_lifecycle_event !== "prepare") process.exitCode = 1;
  }
} else {
  const begun = performance.now();
  const made = [];
  for (const part of parts) {
    const stamp = join(root, "dist", `.${part.name}-stamp`);
    const present = fingerprint(part.sources);
    if (!force && part.isBuilt() && existsSync(stamp) && readFileSync(stamp, "utf8") === present) continue;
    rmSync(stamp, { force: true });
    if (force) rmSync(join(root, part.folder), { recursive: true, force: true });
    if (!part.build()) {
      console.error(`build: the ${part.name} could not be built, see the lines above.`);
      process.exit(1);
    }
    part.finish();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, present);
    made.push(part.name);
  }
  console.error(
    made.length === 0
      ? "build: up to date."
      : `build: ${made.join(" and ")} built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`,
  );
}
