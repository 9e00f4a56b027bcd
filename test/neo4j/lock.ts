/**
 * A lock between processes: a folder, which only one can make, with its owner's process id. An owner that died leaves no lock.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PAUSE_MS = 100;

/** Waits until the lock is free; the returned function gives it back. */
export async function takeLock(path: string): Promise<() => void> {
  while (!tryLock(path)) {
    if (ownerIsGone(path)) rmSync(path, { recursive: true, force: true });
    else await wait(PAUSE_MS);
  }
  return () => rmSync(path, { recursive: true, force: true });
}

export async function withLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const release = await takeLock(path);
  try {
    return await work();
  } finally {
    release();
  }
}

function tryLock(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(path, "owner"), String(process.pid));
  return true;
}

function ownerIsGone(path: string): boolean {
  let owner: number;
  try {
    owner = Number(readFileSync(join(path, "owner"), "utf8"));
  } catch {
    // Just made, or just given back.
    return false;
  }
  return owner > 0 && !isAlive(owner);
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
