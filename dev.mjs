/**
 * `npm run dev`: the server from its sources with reload, and Vite's server for the page, which hands `/api` on to it.
 * The address that Vite prints is the one to open. Ctrl+C ends both.
 */
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const port = process.env.PORT ?? "3000";

const server = ["--watch-path=server", "--watch-path=data/ontology.json", "--import", "tsx", "server/main.ts"];
const children = [
  start([...server, "serve", "--samples", "--port", port, ...process.argv.slice(2)]),
  start(["node_modules/vite/bin/vite.js"], { API_PORT: port }),
];

function start(words, settings = {}) {
  const child = spawn(process.execPath, words, { cwd: root, stdio: "inherit", env: { ...process.env, ...settings } });
  child.on("exit", (code) => stop(code ?? 1));
  return child;
}

let stopping = false;
function stop(code) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of children) child.kill("SIGTERM");
}
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));
