import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const RefRow = z.object({ ref: z.string() });
const refsOf = (rows: readonly unknown[]) => rows.map((row) => RefRow.parse(row).ref);

const awaitersOfSql = defineStatement('SELECT by_ref AS ref FROM awaited WHERE ref = :ref');

/** References that must be projected again because `ref` arrived or changed. */
export function awaitersOf(db: ReadDb, ref: string): readonly string[] {
  return refsOf(db.read(awaitersOfSql).all({ ref }));
}

const selectAwaitedSql = defineStatement('SELECT ref FROM awaited WHERE by_ref = :byRef');
const deleteAwaitedSql = defineStatement('DELETE FROM awaited WHERE ref = :ref AND by_ref = :byRef');
const insertAwaitedSql = defineStatement('INSERT INTO awaited (ref, by_ref) VALUES (:ref, :byRef)');

/** Says what the projection of `byRef` hangs on; replaces what it said before, and writes nothing when that is the same. */
export function saveAwaited(db: WriteDb, byRef: string, refs: readonly string[]): void {
  const wanted = new Set(refs);
  const known = new Set(refsOf(db.read(selectAwaitedSql).all({ byRef })));
  for (const ref of known) {
    if (!wanted.has(ref)) db.write(deleteAwaitedSql).run({ ref, byRef });
  }
  for (const ref of wanted) {
    if (!known.has(ref)) db.write(insertAwaitedSql).run({ ref, byRef });
  }
}

const awaitedBySql = defineStatement('SELECT ref FROM awaited WHERE by_ref = :byRef ORDER BY ref');

/** What the projection of `byRef` hangs on, here or not. */
export function awaitedBy(db: ReadDb, byRef: string): readonly string[] {
  return refsOf(db.read(awaitedBySql).all({ byRef }));
}
