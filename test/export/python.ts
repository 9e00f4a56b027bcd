/**
 * Programs of others that check our exports: Python packages in a virtual environment, named by FIL_ROUGE_TEST_PYTHON or in
 * `.cache/python`. Without them their tests are skipped with one line.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../../.cache/python/bin/python", import.meta.url));
export const PYTHON = process.env["FIL_ROUGE_TEST_PYTHON"] ?? (existsSync(own) ? own : "python3");

/** Null when the module can be imported. */
export function missingModule(name: string): string | null {
  const { status } = spawnSync(PYTHON, [
    "-c",
    `import importlib.util, sys; sys.exit(importlib.util.find_spec("${name}") is None)`,
  ]);
  if (status === 0) return null;
  const reason = `Python has no ${name}: "python3 -m venv .cache/python && .cache/python/bin/pip install followthemoney stix2-validator"`;
  console.warn(`skipped: ${reason}`);
  return reason;
}

export function runPython(program: string, input: string, args: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", program, ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}
