import { z } from 'zod';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const IdRow = z.object({ id: z.string(), versionId: z.string() });

const idsAfterSql = defineStatement(
  `SELECT id, version_id AS versionId FROM resource_ref JOIN resource USING (number)
     WHERE type = :type AND id > :afterId AND deleted = 0 ORDER BY id LIMIT :limit`,
);

/** Ids and versions of a type that the server has not deleted, in order of id; start with ''. Reads no bodies. */
export function idsAfter(
  db: ReadDb,
  type: string,
  afterId: string,
  limit: number,
): readonly { readonly id: string; readonly versionId: string }[] {
  return db
    .read(idsAfterSql)
    .all({ type, afterId, limit })
    .map((row) => IdRow.parse(row));
}
