/**
 * PORT WatchBook: what is remembered of watched sources between two looks and two starts, and who looks at them.
 */
import type { WatchedSource } from "../contract/watching.ts";

export interface WatchBook {
  /** Null when the source was never watched. */
  source(source: string): Promise<WatchedSource | null>;
  save(state: WatchedSource): Promise<void>;
  /** By source. `active`: a living process has claimed it. */
  sources(): Promise<(WatchedSource & { active: boolean })[]>;
  /**
   * Claims a source for this process, so that two watchers never take one article each half.
   * @returns the way to let go of it; or the id of the living process that has it
   */
  claim(source: string): Promise<{ release: () => Promise<void> } | { heldBy: number }>;
}
