import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { StorageProblem } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type LastUse, type ReadDb, toReadDb, toWriteDb, type WriteDb } from '../db.ts';
import { durableMigrations, projectionsSql } from '../schema/sql-text.ts';
import { configure, findWrongSettings, unlock } from './connection-pragmas.ts';
import { appliedMigrations, type Migration, migrate } from './migrate.ts';
import { prepareProjections } from './rebuild.ts';
import { storageProblemOf } from './storage-problem.ts';

export interface Store {
  readonly db: WriteDb;
  /** A connection of its own that can only read; sees what is committed. For every screen. */
  readonly reader: ReadDb;
  /** The projections are empty or partial: sync fills them from the mirror, then calls `markRebuilt`. */
  readonly rebuildNeeded: boolean;
  /** Moves the WAL into the file and empties it; on lock, idle and quit. */
  checkpoint(): void;
  close(): void;
}

export interface StoreOptions {
  readonly path: string;
  /** 256 bits, raw. Stays the caller's to zero. */
  readonly key: Buffer;
  /** Built addon for a runtime that the prebuilt one does not fit. */
  readonly sqliteBinding?: string | null;
  /** A file must already be there: a missing one is damage, not a new store. */
  readonly mustExist?: boolean;
  /** Other migrations and projections than the app's: for the tests of upgrades. */
  readonly schema?: { readonly migrations: readonly Migration[]; readonly projections: string };
}

/** Opens or creates the encrypted cache (SAFETY D1, D2). On any problem nothing has been written to an existing file and nothing is deleted. */
export function openStore(options: StoreOptions): Result<Store, StorageProblem> {
  if (options.key.length !== 32) return err('wrong-key');
  const isNew = !existsSync(options.path);
  if (isNew && options.mustExist) return err('damaged');
  if (isNew) createPrivateFile(options.path);
  let writer: Database.Database | undefined;
  try {
    writer = connect(options);
    const opened = prepare(writer, options);
    if (!opened.ok) writer.close();
    return opened;
  } catch (error) {
    writer?.close();
    return err(problemOf(error, options));
  }
}

function connect({ path, sqliteBinding }: StoreOptions): Database.Database {
  return new Database(path, sqliteBinding ? { nativeBinding: sqliteBinding } : {});
}

/** The screens' connection: SQLite itself refuses to write on it. Smaller memory, because a screen reads a few pages again and again. */
function openReader(options: StoreOptions): Database.Database {
  const reader = connect(options);
  unlock(reader, options.key);
  configure(reader);
  reader.pragma('cache_size=-16384');
  reader.pragma('query_only=ON');
  return reader;
}

function prepare(connection: Database.Database, options: StoreOptions): Result<Store, StorageProblem> {
  const { migrations, projections } = options.schema ?? { migrations: durableMigrations, projections: projectionsSql };
  unlock(connection, options.key);
  // Before any setting is written: a newer app's file stays as it is.
  if (appliedMigrations(connection) > migrations.length) return err('newer-file');
  configure(connection);
  const wrong = findWrongSettings(connection);
  if (wrong.length > 0) throw new Error(`SQLite did not take: ${wrong.join(', ')}`);
  const migrated = migrate(connection, migrations, (version) => backUp(connection, options.path, version));
  if (!migrated.ok) return migrated;
  const rebuildNeeded = prepareProjections(connection, projections);
  const reader = openReader(options);
  const lastUse: LastUse = { at: Number.NEGATIVE_INFINITY };
  return ok({
    db: toWriteDb(connection, lastUse),
    reader: toReadDb(reader, lastUse),
    rebuildNeeded,
    checkpoint: () => {
      connection.pragma('wal_checkpoint(TRUNCATE)');
    },
    close: () => {
      if (!connection.open) return;
      reader.close();
      try {
        connection.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        // A full disk can refuse the checkpoint; what was committed is safe in the WAL.
        connection.close();
      }
    },
  });
}

function problemOf(error: unknown, { path, key }: StoreOptions): StorageProblem {
  if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') return isKeyOfFile(path, key) ? 'damaged' : 'wrong-key';
  const problem = storageProblemOf(error);
  if (problem === undefined) throw error;
  return problem;
}

function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'wx', 0o600));
}

/** A copy under the same key (`VACUUM INTO`; `backup()` and `serialize()` would write plain text, SAFETY fact 5), beside the file. */
function backUp(connection: Database.Database, path: string, version: number): void {
  const copy = `${path}.before-${version + 1}`;
  rmSync(copy, { force: true });
  connection.prepare('VACUUM INTO ?').run(copy);
  chmodSync(copy, 0o600);
}

const pageSize = 8192;
const hmacBytes = 64;
const ivBytes = 16;
const saltBytes = 16;
const pagesToTry = 64;

/**
 * Whether the key authenticates any of the file's first pages (SQLCipher 4 format: HMAC-SHA-512 over ciphertext, IV and page number, with a key
 * derived by 2 rounds of PBKDF2 from the key and the salt XOR 0x3a). Tells a damaged file from a wrong key: SQLite says NOTADB to both.
 */
function isKeyOfFile(path: string, key: Buffer): boolean {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.alloc(pageSize);
    const salt = Buffer.alloc(saltBytes);
    readSync(file, salt, 0, saltBytes, 0);
    const macKey = pbkdf2Sync(key, Buffer.from(salt.map((byte) => byte ^ 0x3a)), 2, 32, 'sha512');
    for (let number = 1; number <= pagesToTry; number += 1) {
      if (readSync(file, page, 0, pageSize, (number - 1) * pageSize) < pageSize) return false;
      if (isPageOf(page, number, macKey)) return true;
    }
    return false;
  } finally {
    closeSync(file);
  }
}

function isPageOf(page: Buffer, number: number, macKey: Buffer): boolean {
  const start = number === 1 ? saltBytes : 0;
  const macAt = pageSize - (ivBytes + hmacBytes);
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const mac = createHmac('sha512', macKey)
    .update(page.subarray(start, macAt + ivBytes))
    .update(pageNumber)
    .digest();
  return timingSafeEqual(mac, page.subarray(macAt + ivBytes));
}
