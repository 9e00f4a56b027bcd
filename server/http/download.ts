/** A file as an answer, streamed piece by piece as its reader takes it. */
import { once } from "node:events";
import type { Response } from "express";
import type { Answer } from "./route.ts";

export async function download(name: string, mediaType: string, text: AsyncIterable<string>): Promise<Answer> {
  const pieces = text[Symbol.asyncIterator]();
  // The first piece is drawn before the head is sent, so that a store that is down still answers with an error.
  const first = await pieces.next();
  return {
    async write(response: Response) {
      response.status(200).set({
        "Content-Type": `${mediaType}; charset=utf-8`,
        "Content-Disposition": `attachment; filename="${name}"`,
      });
      for (let step = first; step.done !== true; step = await pieces.next()) {
        if (response.destroyed) break;
        if (!response.write(step.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
      }
      await pieces.return?.(undefined);
      response.end();
    },
  };
}
