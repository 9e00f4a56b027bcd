/**
 * How commands find the process that owns the embedded store: `serve` writes its address and a token into the data folder,
 * the others read them. A file that a killed process left behind is told from a living one by asking.
 */
import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const ownerSchema = z.object({
  pid: z.number().int().positive(),
  address: z.url(),
  token: z.string().min(1),
  /** `Program.storeName`. */
  store: z.string(),
  startedAt: z.string(),
});
export type Owner = z.infer<typeof ownerSchema>;

const ANSWER_MS = 5_000;

function ownerFile(dataFolder: string): string {
  return join(dataFolder, "server.json");
}

/** Readable by the user alone: the token opens the API. */
export async function announceOwner(dataFolder: string, owner: Owner): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const temporary = `${ownerFile(dataFolder)}.${randomUUID()}.tmp`;
  await writeFile(temporary, JSON.stringify(owner, null, 2), { mode: 0o600 });
  await rename(temporary, ownerFile(dataFolder));
}

/** Removes the announcement if it is still this process's own. */
export async function withdrawOwner(dataFolder: string, token: string): Promise<void> {
  const owner = await readOwner(dataFolder);
  if (owner?.token === token) await rm(ownerFile(dataFolder), { force: true });
}

/** The living owner of this store, or null when there is none. */
export async function findOwner(dataFolder: string, store: string): Promise<Owner | null> {
  const owner = await readOwner(dataFolder);
  if (owner?.store !== store || !isAlive(owner.pid)) return null;
  return (await answers(owner)) ? owner : null;
}

async function readOwner(dataFolder: string): Promise<Owner | null> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(ownerFile(dataFolder), "utf8")));
  } catch {
    // Missing, unreadable or damaged: nobody can be reached through it. The store itself says who may open it.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The process id and the port may belong to others by now: only ours takes the token. */
async function answers(owner: Owner): Promise<boolean> {
  try {
    const response = await fetch(`${owner.address}/api/session`, {
      headers: { authorization: `Bearer ${owner.token}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
