/**
 * PORT ActorLists: keeps the lists that people brought, and tells which entities of the graph seem to be on them.
 */
import type { ActorList, ListHit } from "../contract/lists.ts";
import type { NodeType } from "../contract/ontology.ts";

export interface ActorLists {
  /** By name. */
  all(): Promise<ActorList[]>;
  /**
   * Takes a list in, in place of the one of the same name.
   * @param text CSV in the gazetteers' columns, or FollowTheMoney
   * @throws AppError `invalid_input` when nothing of it can be used, or the name is none
   */
  add(name: string, file: string, text: string, at: Date): Promise<ActorList>;
  /** False when there is no such list. */
  remove(name: string): Promise<boolean>;
  /** Actors of the lists that have a name in common with the entity and may be of its type. */
  hits(entity: { name: string; aliases: readonly string[]; type: NodeType | null }): Promise<ListHit[]>;
  /** The lists as gazetteer files, for whoever joins names. */
  files(): Promise<string[]>;
}
