/** The files that hold the whole graph, for another store or for a database's bulk importer. */
import { writeBackup, type BackupSource } from "../backup.ts";
import { NEO4J_ADMIN_FILES } from "./neo4j-admin.ts";

export interface BulkFile {
  name: string;
  mediaType: string;
  write: (source: BackupSource) => AsyncIterable<string>;
}

export const BACKUP_FILE: BulkFile = {
  name: "graph.backup.jsonl",
  mediaType: "application/x-ndjson",
  write: writeBackup,
};

export const BULK_FILES: readonly BulkFile[] = [BACKUP_FILE, ...NEO4J_ADMIN_FILES];
