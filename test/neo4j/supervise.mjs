/* global setInterval, clearInterval */
/**
 * Runs a command for as long as another process lives: `node supervise.mjs PID COMMAND ARGS…`. Neo4j is started through this,
 * so that no server outlives the test run that wanted it, however that ends.
 */
import { spawn } from "node:child_process";

const [owner, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
child.on("exit", (code) => process.exit(code ?? 1));
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

const STOP_PATIENCE_MS = 15_000;

function stop() {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS).unref();
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);

const watch = setInterval(() => {
  try {
    process.kill(Number(owner), 0);
  } catch {
    clearInterval(watch);
    stop();
  }
}, 500);
