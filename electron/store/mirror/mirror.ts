import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { numberOf, numberResource, splitRef } from './resource-number.ts';

/** A resource of the portal server, as received. `body` is the JSON text, byte for byte: decimals keep their digits. */
export interface StoredResource {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  /** meta.lastUpdated, the server's text. */
  readonly lastUpdated: string;
  readonly body: string;
}

const StoredRow = z
  .object({ type: z.string(), id: z.string(), versionId: z.string(), lastUpdated: z.string(), body: z.instanceof(Buffer) })
  .transform((row): StoredResource => ({ ...row, body: row.body.toString('utf8') }));

const toRow = (row: unknown) => (row === undefined ? undefined : StoredRow.parse(row));

const VersionRow = z.object({ versionId: z.string(), lastUpdated: z.string(), deleted: z.number().transform((value) => value === 1) });

const saveResourceSql =
  defineStatement(`INSERT INTO resource (number, version_id, last_updated, deleted, body) VALUES (:number, :versionId, :lastUpdated, 0, :body)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, last_updated = excluded.last_updated, deleted = 0, body = excluded.body`);

export function saveResource(db: WriteDb, { type, id, body, ...stamps }: StoredResource): void {
  db.write(saveResourceSql).run({ ...stamps, number: numberResource(db, type, id), body: Buffer.from(body, 'utf8') });
}

const findResourceSql = defineStatement(
  `SELECT :type AS type, :id AS id, version_id AS versionId, last_updated AS lastUpdated, body FROM resource
     WHERE number = ${numberOf(':type', ':id')} AND deleted = 0`,
);

/** Undefined when unknown or deleted on the server. */
export function findResource(db: ReadDb, type: string, id: string): StoredResource | undefined {
  return toRow(db.read(findResourceSql).get({ type, id }));
}

const findVersionSql = defineStatement(
  `SELECT version_id AS versionId, last_updated AS lastUpdated, deleted FROM resource WHERE number = ${numberOf(':type', ':id')}`,
);

/** Version here, whether deleted or not, without reading the body: for telling new from already seen. */
export function findVersion(
  db: ReadDb,
  type: string,
  id: string,
): { versionId: string; lastUpdated: string; deleted: boolean } | undefined {
  const row = db.read(findVersionSql).get({ type, id });
  return row && VersionRow.parse(row);
}

/** `Type/id` → version for those references that the mirror holds and the server has not deleted. */
export function versionsOf(db: ReadDb, refs: Iterable<string>): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const ref of refs) {
    const { type, id } = splitRef(ref);
    const known = findVersion(db, type, id);
    if (known && !known.deleted) versions[ref] = known.versionId;
  }
  return versions;
}

const markDeletedSql = defineStatement(`UPDATE resource SET deleted = 1 WHERE number = ${numberOf(':type', ':id')}`);

/** The server says it is gone (410). Its last body stays, so that nothing that hung on it becomes unreadable. */
export function markDeleted(db: WriteDb, type: string, id: string): void {
  db.write(markDeletedSql).run({ type, id });
}

const resourcesAfterSql = defineStatement(`SELECT type, id, version_id AS versionId, last_updated AS lastUpdated, body
       FROM resource_ref JOIN resource USING (number)
       WHERE type = :type AND id > :afterId AND deleted = 0 ORDER BY id LIMIT :limit`);

/** The next resources of a type in order of id; start with ''. */
export function resourcesAfter(db: ReadDb, type: string, afterId: string, limit: number): readonly StoredResource[] {
  return db
    .read(resourcesAfterSql)
    .all({ type, afterId, limit })
    .map((row) => StoredRow.parse(row));
}

const CountRow = z.object({ type: z.string(), count: z.number() });

const selectResourceSql = defineStatement('SELECT type, count(*) AS count FROM resource_ref JOIN resource USING (number) GROUP BY type', {
  wholeTable: 'once, at the start of a first sync',
});
const selectResourceInCountResourcesSql = defineStatement(
  'SELECT type, count(*) AS count FROM resource JOIN resource_ref USING (number) WHERE deleted = 1 GROUP BY type',
  {
    wholeTable: 'once, at the start of a first sync',
  },
);

/** Resources here by type, without the deleted. Reads the whole key index: not for an interactive path. */
export function countResources(db: ReadDb): Record<string, number> {
  const all = db.read(selectResourceSql).all();
  const deleted = db.read(selectResourceInCountResourcesSql).all();
  const deletedByType = new Map(deleted.map((row) => CountRow.parse(row)).map(({ type, count }) => [type, count]));
  const here = all.map((row) => CountRow.parse(row)).map(({ type, count }) => [type, count - (deletedByType.get(type) ?? 0)] as const);
  return Object.fromEntries(here.filter(([, count]) => count > 0));
}
