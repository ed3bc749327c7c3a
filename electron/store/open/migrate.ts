import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { StorageProblem } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const historySql = `CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT`;

/** `user_version` is the number of migrations applied. */
export function appliedMigrations(connection: Database.Database): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

function isFromAnotherVersion(connection: Database.Database, migrations: readonly Migration[]): boolean {
  const applied = connection.prepare('SELECT sha256 FROM schema_migration ORDER BY number').pluck().all();
  return applied.some((hash, index) => migrations[index] === undefined || hash !== sha256(migrations[index].sql));
}

/**
 * Brings the durable tables up to date, each migration in its own transaction. Before the first one on a file that holds data, `backUp` is
 * called. A file from a newer app, or whose migrations differ from ours, is left untouched: 'newer-file'.
 */
export function migrate(
  connection: Database.Database,
  migrations: readonly Migration[],
  backUp: (version: number) => void,
): Result<void, StorageProblem> {
  const version = appliedMigrations(connection);
  if (version > migrations.length) return err('newer-file');
  if (version > 0 && isFromAnotherVersion(connection, migrations)) return err('newer-file');
  const missing = migrations.slice(version);
  if (version > 0 && missing.length > 0) backUp(version);
  missing.forEach((migration, index) => {
    const number = version + index + 1;
    connection
      .transaction(() => {
        connection.exec(historySql);
        connection.exec(migration.sql);
        connection
          .prepare('INSERT INTO schema_migration (number, name, sha256) VALUES (?, ?, ?)')
          .run(number, migration.name, sha256(migration.sql));
        connection.pragma(`user_version=${number}`);
      })
      .immediate();
  });
  return ok(undefined);
}
