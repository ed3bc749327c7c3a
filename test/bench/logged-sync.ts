import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { defineStatement, type Row, type WriteDb } from '../../electron/store/db.ts';

/** What a first sync of one tree is made of: of this one, or of another that is compared with it. */
export interface SyncParts {
  readonly openStore: typeof import('../../electron/store/open/open.ts').openStore;
  readonly pullRound: typeof import('../../electron/sync/pull/pull.ts').pullRound;
  readonly mergeWords: typeof import('../../electron/store/lists/word-index.ts').mergeWords;
  readonly pagesPortal: typeof import('./pages-portal.ts').pagesPortal;
  readonly inventResources: typeof import('./invented-resources.ts').inventResources;
  readonly inventedNow: string;
}

/** Counted, not timed. */
export const LoggedSync = z.object({
  /** All that went into the write-ahead log, the merging of the word index included. */
  logBytes: z.number(),
  jsonBytes: z.number(),
  /** Commits that wrote something, and segments of the word index that they made; both before the merging. */
  commits: z.number(),
  segments: z.number(),
});
export type LoggedSync = z.infer<typeof LoggedSync>;

/** The store of version 0.1 prepared statements where it ran them. */
interface OldDb {
  prepare(sql: string): { get(): Row | undefined; all(): Row[]; run(): unknown };
}

function isOld(db: WriteDb | OldDb): db is OldDb {
  return 'prepare' in db;
}

const queryOf = (db: WriteDb | OldDb, sql: string) => (isOld(db) ? db.prepare(sql) : db.read(defineStatement(sql)));
const run = (db: WriteDb | OldDb, sql: string) => void (isOld(db) ? db.prepare(sql).run() : db.write(defineStatement(sql)).run());

const key = Buffer.alloc(32, 7);

/**
 * A first sync of `count` resources into an empty store at `path`, while somebody else's read stays open: as long as it does, SQLite never begins
 * the log anew, so that in the end all of it lies in one file, whoever wrote it and however often a checkpoint ran.
 */
export async function loggedSync(parts: SyncParts, path: string, count: number): Promise<LoggedSync> {
  const [writing, reading] = [parts.openStore({ path, key }), parts.openStore({ path, key })];
  if (!writing.ok || !reading.ok) throw new Error('The store cannot be opened twice');
  const { db } = writing.value;
  run(reading.value.db, 'BEGIN');
  queryOf(reading.value.db, 'SELECT count(*) FROM resource').get();
  const before = readLog(`${path}-wal`);

  const resources = parts.inventResources(count);
  const portal = parts.pagesPortal(resources, parts.inventedNow);
  const clock = { now: () => Date.parse(parts.inventedNow) };
  const deps = { db, portal, clock, random: () => 0.5, onPage: () => undefined, stopped: () => false };
  const refused = new Set<string>();
  // Version 0.1 called them `leftOut`.
  const learnt = { refusedTypes: refused, leftOut: refused, noBatch: true };
  const pulled = await parts.pullRound(deps, 'hot', learnt);
  if (!pulled.ok) throw new Error(`The pages could not be taken: ${pulled.error.kind}`);
  const { commits } = readLog(`${path}-wal`);
  const segments = segmentsMade(db);
  while (parts.mergeWords(db));
  const { bytes } = readLog(`${path}-wal`);

  run(reading.value.db, 'ROLLBACK');
  reading.value.close();
  writing.value.close();
  const jsonBytes = resources.reduce((total, { body }) => total + Buffer.byteLength(body), 0);
  return { logBytes: bytes - before.bytes, jsonBytes, commits: commits - before.commits, segments };
}

const headerBytes = 32;
const frameHeaderBytes = 24;

/** The frames up to the last commit. Their headers are plain in an encrypted store too (https://sqlite.org/fileformat2.html#the_write_ahead_log). */
function readLog(path: string): { readonly bytes: number; readonly commits: number } {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const wordAt = (offset: number): number => {
    const word = Buffer.alloc(4);
    readSync(file, word, 0, 4, offset);
    return word.readUInt32BE();
  };
  const frameBytes = frameHeaderBytes + wordAt(8);
  let [bytes, commits] = [0, 0];
  for (let at = headerBytes; at + frameBytes <= size; at += frameBytes) {
    // The size of the database after a commit; zero in the frames before the last one of a commit.
    if (wordAt(at + 4) === 0) continue;
    commits += 1;
    bytes = at + frameBytes;
  }
  closeSync(file);
  return { bytes, commits };
}

/** Of all word indexes, those that were merged away included. */
function segmentsMade(db: WriteDb | OldDb): number {
  const names = z
    .array(z.object({ name: z.string() }))
    .parse(queryOf(db, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'").all());
  const made = names.map(({ name }) => {
    const { block } = z.object({ block: z.instanceof(Buffer) }).parse(queryOf(db, `SELECT block FROM "${name}_data" WHERE id = 10`).get());
    return newestOrigin(block);
  });
  return made.reduce((total, one) => total + one, 0);
}

const isVersionTwo = Buffer.from('ff000001', 'hex');

/**
 * FTS5 numbers the segments of a contentless_delete index as it makes them, and its structure record keeps the numbers that each has come from
 * (fts5StructureDecode in fts5_index.c). Throws when the record is of the older kind, which keeps none.
 */
function newestOrigin(record: Buffer): number {
  if (!record.subarray(4, 8).equals(isVersionTwo)) throw new Error('This word index does not number its segments');
  let at = 8;
  const next = (): number => {
    let value = 0;
    for (let length = 1; ; length += 1) {
      const byte = record[at] ?? 0;
      at += 1;
      if (length === 9) return value * 256 + byte;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const levels = next();
  next(); // segments in all
  next(); // pages ever written
  let newest = 0;
  for (let level = 0; level < levels; level += 1) {
    next(); // segments being merged
    for (let left = next(); left > 0; left -= 1) {
      const [, , , , last = 0] = Array.from({ length: 8 }, next);
      newest = Math.max(newest, last);
    }
  }
  return newest;
}
