import type Database from 'better-sqlite3';

/** 'PDsk': lets `file` and a support person tell what the file is, once it is decrypted. */
const applicationId = 0x5044736b;

const oldestSqlite = [3, 51, 3];

/** Set before the key. A raw 256-bit key skips PBKDF2; SQLCipher 4 pages with HMAC-SHA-512 (SAFETY D2). */
const beforeKey = [
  ['cipher', 'sqlcipher'],
  ['legacy', '4'],
  ['legacy_page_size', '8192'],
] as const;

/**
 * Set after the key at EVERY open, because SQLite forgets them all (SAFETY facts 1 and 2): this build falls back to synchronous NORMAL in WAL
 * mode and to plain-text temporary files.
 */
const afterKey = [
  ['page_size', '8192', 8192],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['foreign_keys', 'ON', 1],
  ['mmap_size', '0', 0],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['fullfsync', 'ON', 1],
  ['checkpoint_fullfsync', 'ON', 1],
  // For speed: 64 MiB of pages in memory.
  ['cache_size', '-65536', -65536],
  // Never inside a commit, which may be somebody's act: trimLog does it between other work.
  ['wal_autocheckpoint', '0', 0],
] as const;

const read = (connection: Database.Database, pragma: string) => connection.pragma(pragma, { simple: true });

function isOldSqlite(connection: Database.Database): boolean {
  const version = String(connection.prepare('SELECT sqlite_version()').pluck().get()).split('.').map(Number);
  const firstDifference = oldestSqlite.findIndex((part, index) => part !== version[index]);
  return firstDifference !== -1 && (version[firstDifference] ?? 0) < (oldestSqlite[firstDifference] ?? 0);
}

/** Cipher and key. The key passes as a Buffer, never in SQL, and its text form is zeroed (SAFETY D2). */
export function unlock(connection: Database.Database, key: Buffer): void {
  for (const [pragma, value] of beforeKey) connection.pragma(`${pragma}=${value}`);
  // The types of plain better-sqlite3 know no key; and a build without ciphers would write plain text without a word.
  if (!('key' in connection) || typeof connection.key !== 'function') throw new Error('This build of better-sqlite3 cannot encrypt');
  const rawKey = Buffer.from(`x'${key.toString('hex')}'`, 'latin1');
  connection.key(rawKey);
  rawKey.fill(0);
}

/** Sets everything the store's safety rests on. The first read of the file happens here: a wrong key throws SQLITE_NOTADB. */
export function configure(connection: Database.Database): void {
  for (const [pragma, value] of afterKey) connection.pragma(`${pragma}=${value}`);
  if (read(connection, 'application_id') === 0) connection.pragma(`application_id=${applicationId}`);
}

/** Reads every setting back; the names of those that did not take. Anything but an empty list means: do not use this connection. */
export function findWrongSettings(connection: Database.Database): readonly string[] {
  const wrong: string[] = [
    ...beforeKey.filter(([pragma, value]) => String(read(connection, pragma)) !== value).map(([pragma]) => pragma),
    ...afterKey.filter(([pragma, , expected]) => read(connection, pragma) !== expected).map(([pragma]) => pragma),
  ];
  if (read(connection, 'application_id') !== applicationId) wrong.push('application_id');
  if (isOldSqlite(connection)) wrong.push('sqlite_version');
  return wrong;
}
