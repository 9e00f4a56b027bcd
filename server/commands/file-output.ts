/** Where a command's result goes: a file that is whole or not there, or standard output. */
import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

export async function toOutput(pieces: AsyncIterable<string | Uint8Array>, context: CommandContext): Promise<void> {
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    await context.stdout.write(typeof piece === "string" ? piece : decoder.decode(piece, { stream: true }));
  }
}

/** Under another name until it is whole: an export that fails leaves the file of before. */
export async function toFile(
  pieces: AsyncIterable<string | Uint8Array>,
  file: string,
  context: CommandContext,
): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.part`;
  const handle = await open(temporary, "wx").catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_input", `${file} cannot be written (${why}). Choose another place.`, { cause });
  });
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      if (context.signal.aborted) throw new AppError("usage", `Stopped; ${file} is as it was.`);
      const buffer = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      await handle.write(buffer);
      bytes += buffer.length;
    }
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  await context.stderr.write(`${file}: ${bytes} bytes written.\n`);
}
