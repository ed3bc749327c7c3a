import Database from 'better-sqlite3';
import { patientsWhoMaySee } from './access.ts';
import { indexRows } from './index-values.ts';
import type { JsonObject } from './json.ts';

export type PortalDatabase = Database.Database;

/**
 * `res` says which version of a resource is the current one, `hist` holds every version (a delete has no text) in commit order,
 * `ix` the searchable values of current versions. Times are milliseconds since 1970.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS res (
    rid INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, lu INTEGER NOT NULL,
    deleted INTEGER NOT NULL, seq INTEGER NOT NULL, UNIQUE (type, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS res_by_lu ON res (type, lu, id) WHERE deleted = 0;
  CREATE TABLE IF NOT EXISTS hist (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, lu INTEGER NOT NULL,
    method TEXT NOT NULL, author TEXT NOT NULL, request_id TEXT NOT NULL, json TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS hist_by_version ON hist (type, id, version);
  CREATE INDEX IF NOT EXISTS hist_by_type ON hist (type, seq);
  CREATE TABLE IF NOT EXISTS ix (
    rid INTEGER NOT NULL, param TEXT NOT NULL, system TEXT NOT NULL, value TEXT NOT NULL, low INTEGER, high INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS ix_by_value ON ix (param, value, rid) WHERE low IS NULL;
  CREATE INDEX IF NOT EXISTS ix_by_date ON ix (param, low, rid) WHERE low IS NOT NULL;
  CREATE INDEX IF NOT EXISTS ix_by_resource ON ix (rid);
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
`;

/** Opens the portal's own file (not encrypted: it holds invented people only) or ':memory:'. */
export function openPortalDatabase(path: string, nativeBinding?: string): PortalDatabase {
  const database = new Database(path, nativeBinding === undefined ? {} : { nativeBinding });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -65536');
  database.exec(schema);
  return database;
}

const statements = new WeakMap<PortalDatabase, Map<string, Database.Statement>>();

/** A prepared statement, kept: preparing costs more than most of these queries. */
export function prepared<Row>(database: PortalDatabase, sql: string): Database.Statement<unknown[], Row>;
export function prepared(database: PortalDatabase, sql: string): Database.Statement {
  const known = statements.get(database) ?? new Map<string, Database.Statement>();
  statements.set(database, known);
  const statement = known.get(sql) ?? database.prepare(sql);
  known.set(sql, statement);
  return statement;
}

/** Runs it as one BEGIN IMMEDIATE transaction; a throw rolls all of it back. */
export function atomically<T>(database: PortalDatabase, act: () => T): T {
  if (database.inTransaction) return act();
  return database.transaction(act).immediate();
}

export interface Version {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly lu: number;
  /** The resource's text; null for a delete. */
  readonly json: string | null;
}

interface Current extends Version {
  readonly rid: number;
}

export function findCurrent(database: PortalDatabase, type: string, id: string): Current | undefined {
  return prepared<Current>(
    database,
    'SELECT r.rid, r.type, r.id, r.version, r.lu, h.json FROM res r JOIN hist h ON h.seq = r.seq WHERE r.type = ? AND r.id = ?',
  ).get(type, id);
}

export function findVersion(database: PortalDatabase, type: string, id: string, version: number): Version | undefined {
  return prepared<Version>(database, 'SELECT type, id, version, lu, json FROM hist WHERE type = ? AND id = ? AND version = ?').get(
    type,
    id,
    version,
  );
}

interface NewVersion extends Version {
  readonly method: string;
  readonly author: string;
  readonly requestId: string;
}

/** Appends a version to the history and makes it the current one, with its searchable values. */
export function saveVersion(database: PortalDatabase, next: NewVersion, resource: JsonObject | undefined, baseUrl: string): void {
  const { type, id, version, lu, json } = next;
  const { lastInsertRowid: seq } = prepared(
    database,
    'INSERT INTO hist (type, id, version, lu, method, author, request_id, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(type, id, version, lu, next.method, next.author, next.requestId, json);
  const row = prepared<{ rid: number }>(
    database,
    `INSERT INTO res (type, id, version, lu, deleted, seq) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (type, id) DO UPDATE SET version = excluded.version, lu = excluded.lu, deleted = excluded.deleted, seq = excluded.seq
     RETURNING rid`,
  ).get(type, id, version, lu, resource === undefined ? 1 : 0, seq);
  if (row) reindex(database, row.rid, type, version > 1, resource, baseUrl);
}

/** The name of the index values that say which patients may see a resource. */
export const visibleTo = '$visible';

function reindex(
  database: PortalDatabase,
  rid: number,
  type: string,
  hadValues: boolean,
  resource: JsonObject | undefined,
  baseUrl: string,
) {
  if (hadValues) prepared(database, 'DELETE FROM ix WHERE rid = ?').run(rid);
  if (resource === undefined) return;
  const insert = prepared(database, 'INSERT INTO ix (rid, param, system, value, low, high) VALUES (?, ?, ?, ?, ?, ?)');
  for (const row of indexRows(type, resource, baseUrl)) insert.run(rid, row.param, row.system, row.value, row.low, row.high);
  for (const patient of patientsWhoMaySee(type, resource)) insert.run(rid, `${type}.${visibleTo}`, '', patient, null, null);
}

/** One committed effect, as a test reads it to see that an act happened exactly once. */
export interface Effect {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly lastUpdated: number;
  readonly method: string;
  /** The principal's own reference, such as `PractitionerRole/r1`; `system` for a bulk load. */
  readonly author: string;
  readonly requestId: string;
  /** The version's text; null for a delete. */
  readonly json: string | null;
}

/** Every effect the server ever committed, in commit order, after `afterSeq`. */
export function readEffects(database: PortalDatabase, afterSeq = 0): readonly Effect[] {
  return prepared<Effect>(
    database,
    `SELECT seq, type, id, version, lu AS lastUpdated, method, author, request_id AS requestId, json
     FROM hist WHERE seq > ? ORDER BY seq`,
  ).all(afterSeq);
}
