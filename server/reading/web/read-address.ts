/**
 * A web address → Document: fetched within limits (`fetch-page.ts`), then read like a file.
 */
import type { Document, DocumentHints, Problem } from "../../contract/document.ts";
import { isReadableType } from "../formats.ts";
import { readDocument } from "../read-document.ts";
import type { ReadInput } from "../reader.ts";
import { fetchPage, type FetchParts } from "./fetch-page.ts";

export type AddressResult =
  | { document: Document; input: ReadInput; headers: Record<string, string>; problem: null }
  | { document: null; problem: Problem };

/**
 * The page may name another address as its own (`rel=canonical`): it is kept when it is on the same site, so that nobody's
 * page gives itself out as another publisher's; elsewhere it is told as a warning.
 */
export async function readAddress(
  address: string,
  hints: DocumentHints,
  parts: Omit<FetchParts, "isReadable">,
): Promise<AddressResult> {
  const fetched = await fetchPage(address, hints, { ...parts, isReadable: isReadableType });
  if (fetched.problem !== null) return { document: null, problem: fetched.problem };
  const { input, headers } = fetched;
  const result = await readDocument(input);
  if (result.problem !== null) return result;
  const { document } = result;
  const whole = { document, input, headers, problem: null };
  const final = input.address ?? address;
  if (hints.url !== undefined || document.url === null || siteOf(document.url) === siteOf(final)) return whole;
  const warning = `the page names ${document.url} as its own address; the one that it was fetched from is kept`;
  // The publisher that stands for an unnamed one was taken from that address.
  const source = document.source === siteOf(document.url) ? siteOf(final) : document.source;
  return { ...whole, document: { ...document, url: final, source, warnings: [...document.warnings, warning] } };
}

/** The host without the names that one site has beside each other. */
function siteOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^(?:www|m|mobile|amp)\./, "") : address;
}
