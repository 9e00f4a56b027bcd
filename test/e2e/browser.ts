/**
 * A real Chromium for end-to-end tests and screenshots: Debian's, without the network, drawing WebGL in software.
 */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser; null when the machine has none. */
export function chromiumPath(): string | null {
  return PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
}

/** `further`: switches of the command line, for measurements. */
export async function launchBrowser(further: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error("No Chromium is installed. Set CHROMIUM to its path, or install it.");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      ...further,
    ],
  });
}
