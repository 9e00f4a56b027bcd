/**
 * `npm run bench [-- start reading extract store bundle render]`: measures and prints tables; never fails on a time. Run it on a
 * machine that does nothing else, and compare numbers of one run only.
 */
import { bundleSize } from "./bundle.ts";
import { extractionSpeed } from "./extraction.ts";
import { readingSpeed } from "./reading.ts";
import { renderSpeed } from "./render.ts";
import { startTime } from "./start.ts";
import { storeSpeed } from "./store.ts";

const SECTIONS: Record<string, () => Promise<string>> = {
  start: startTime,
  reading: readingSpeed,
  extract: extractionSpeed,
  store: storeSpeed,
  bundle: bundleSize,
  render: renderSpeed,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`No section ${unknown.join(", ")}. There are: ${Object.keys(SECTIONS).join(", ")}.`);
  process.exit(2);
}
for (const [name, section] of Object.entries(SECTIONS)) {
  if (wanted.length === 0 || wanted.includes(name)) console.log(await section());
}
