import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const SchemaObject = z.object({ type: z.enum(['table', 'view']), name: z.string() });

/** Tables made by projections.sql: what is there afterwards and was not before. FTS5's own shadow tables go with their table. */
function listObjects(connection: Database.Database): readonly z.infer<typeof SchemaObject>[] {
  const rows = connection
    .prepare("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
    .all();
  return z.array(SchemaObject).parse(rows);
}

function dropProjections(connection: Database.Database): void {
  const rows = connection.prepare('SELECT type, name FROM projection_object').all();
  for (const { type, name } of z.array(SchemaObject).parse(rows)) {
    // Names come from this file's own schema; SQLite has no placeholder for them.
    connection.exec(`DROP ${type} IF EXISTS "${name.replaceAll('"', '""')}"`);
  }
  connection.exec('DELETE FROM projection_object');
}

/**
 * Projections hold nothing of their own, so instead of migrating them they are dropped and made anew whenever projections.sql is another text
 * than the one they were made with. Answers whether they must be filled from the mirror; that stays true until `markRebuilt`.
 */
export function prepareProjections(connection: Database.Database, projectionsSql: string): boolean {
  const hash = createHash('sha256').update(projectionsSql).digest('hex');
  const state = z
    .object({ sha256: z.string(), pending: z.number() })
    .optional()
    .parse(connection.prepare('SELECT sha256, rebuild_pending AS pending FROM projection_state').get());
  if (state?.sha256 === hash) return state.pending === 1;
  const renew = connection.transaction(() => {
    dropProjections(connection);
    const before = new Set(listObjects(connection).map(({ name }) => name));
    connection.exec(projectionsSql);
    const note = connection.prepare('INSERT INTO projection_object (type, name) VALUES (?, ?)');
    for (const { type, name } of listObjects(connection)) {
      if (!before.has(name) && !/^item_words_(data|idx|content|docsize|config)$/.test(name)) note.run(type, name);
    }
    const pending = connection.prepare('SELECT EXISTS (SELECT 1 FROM resource)').pluck().get() === 1 ? 1 : 0;
    connection
      .prepare(
        'INSERT INTO projection_state (one, sha256, rebuild_pending) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET sha256 = excluded.sha256, rebuild_pending = excluded.rebuild_pending',
      )
      .run(hash, pending);
    return pending === 1;
  });
  return renew.immediate();
}

const markRebuiltSql = defineStatement('UPDATE projection_state SET rebuild_pending = 0');

/** The projections hold everything in the mirror again. */
export function markRebuilt(db: WriteDb): void {
  db.write(markRebuiltSql).run();
}
