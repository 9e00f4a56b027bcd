/** Size of what the browser loads for the first view: the scripts and styles that index.html names, gzipped. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { table } from "./timing.ts";

const CLIENT = "dist/client";

export function bundleSize(): Promise<string> {
  const page = join(CLIENT, "index.html");
  if (!existsSync(page)) throw new Error(`${page} is missing: run "npm run build" first.`);
  const html = readFileSync(page, "utf8");
  const files = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? "");
  const rows = files.map((file): [string, number, number] => {
    const bytes = readFileSync(join(CLIENT, file));
    return [file, bytes.length / 1000, gzipSync(bytes).length / 1000];
  });
  rows.push(["together", rows.reduce((sum, row) => sum + row[1], 0), rows.reduce((sum, row) => sum + row[2], 0)]);
  return Promise.resolve(table("First view of the page", ["file", "kB", "kB gzipped"], rows));
}
