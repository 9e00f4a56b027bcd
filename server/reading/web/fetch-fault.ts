/**
 * Why an address gives no page. Stays inside this folder: `fetch-page.ts` makes a problem of it.
 */
import type { Problem } from "../../contract/document.ts";

export class FetchFault extends Error {
  override readonly name = "FetchFault";
  readonly code: Problem["code"];

  /** @param message continues a sentence that begins with the address. */
  constructor(code: Problem["code"], message: string) {
    super(message);
    this.code = code;
  }
}
