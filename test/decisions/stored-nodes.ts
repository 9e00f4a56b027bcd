/** Nodes as the database holds them, with what answers leave out. */
import type { GraphStore } from "../../server/store/graph-store.ts";

export interface StoredNode {
  id: string;
  labels: string[];
  properties: Record<string, unknown>;
}

export async function storedNodes(store: GraphStore): Promise<StoredNode[]> {
  const { rows } = await store.query(
    "MATCH (e:Entity) RETURN e.id AS id, labels(e) AS labels, properties(e) AS properties ORDER BY id",
    {},
    { rows: 10_000, bytes: 10_000_000, milliseconds: 20_000 },
  );
  return rows.map(([id, labels, properties]) => ({
    id: id as string,
    labels: (labels as string[]).sort(),
    properties: properties as Record<string, unknown>,
  }));
}
