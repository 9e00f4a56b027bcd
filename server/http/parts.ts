/**
 * What the HTTP interface is made of, given by `listen.ts` or by a test.
 */
import type { Logger } from "pino";
import type { GalleryQuery } from "../contract/api.ts";
import type { Ontology } from "../contract/ontology.ts";
import type { Health } from "../contract/report.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { ActorLists } from "../lists/actor-lists.ts";
import type { RebuildParts } from "../rebuild.ts";
import type { GraphStore } from "../store/graph-store.ts";
import type { WatchBook } from "../watching/watch-book.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Jobs } from "./jobs.ts";

export interface HttpParts {
  version: string;
  workspace: Workspace;
  pipeline: RebuildParts;
  watchBook: WatchBook;
  actorLists: ActorLists;
  jobs: Jobs;
  decisions: Decisions;
  ontology: () => Promise<Ontology>;
  store: () => Promise<GraphStore>;
  /** Which model extracts, without loading it. */
  model: () => Promise<Health["model"]>;
  /** Questions to begin with. */
  gallery: readonly GalleryQuery[];
  /** Told in health when the store cannot even be opened. */
  storeKind: GraphStore["kind"];
  /** Null: no session is needed (and only this machine is listened to). */
  password: string | null;
  /** What commands of this machine present as `Bearer`. */
  token: string;
  /** The host that is listened on; loopback names are always allowed. */
  host: string;
  /** The built page. */
  clientFolder: string;
  log: Logger;
  now: () => Date;
}
