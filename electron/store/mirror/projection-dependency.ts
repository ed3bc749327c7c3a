import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { numberOf, numberRef, splitRef } from './resource-number.ts';

const RefRow = z.object({ ref: z.string() });
const refsOf = (rows: readonly unknown[]) => rows.map((row) => RefRow.parse(row).ref);

const awaitersOfSql = defineStatement(`SELECT type || '/' || id AS ref FROM awaited JOIN resource_ref ON number = by_ref
     WHERE ref = ${numberOf(':type', ':id')}`);

/** References that must be projected again because `ref` arrived or changed. */
export function awaitersOf(db: ReadDb, ref: string): readonly string[] {
  return refsOf(db.read(awaitersOfSql).all({ ...splitRef(ref) }));
}

const NumberRow = z.object({ ref: z.number() });

const awaitedNumbersSql = defineStatement('SELECT ref FROM awaited WHERE by_ref = :by');
const deleteAwaitedSql = defineStatement('DELETE FROM awaited WHERE by_ref = :by AND ref = :ref');
const insertAwaitedSql = defineStatement('INSERT INTO awaited (by_ref, ref) VALUES (:by, :ref)');

/** Says what the projection of `byRef` hangs on, here or not; replaces what it said before, and writes nothing when that is the same. */
export function saveAwaited(db: WriteDb, byRef: string, refs: readonly string[]): void {
  const by = numberRef(db, byRef);
  const wanted = new Set(refs.map((ref) => numberRef(db, ref)));
  const rows = db.read(awaitedNumbersSql).all({ by });
  const known = new Set(rows.map((row) => NumberRow.parse(row).ref));
  for (const ref of known) if (!wanted.has(ref)) db.write(deleteAwaitedSql).run({ by, ref });
  for (const ref of wanted) if (!known.has(ref)) db.write(insertAwaitedSql).run({ by, ref });
}

const awaitedBySql = defineStatement(`SELECT type || '/' || id AS ref FROM awaited JOIN resource_ref ON number = ref
     WHERE by_ref = ${numberOf(':type', ':id')} ORDER BY type, id`);

/** What the projection of `byRef` hangs on, here or not. */
export function awaitedBy(db: ReadDb, byRef: string): readonly string[] {
  return refsOf(db.read(awaitedBySql).all({ ...splitRef(byRef) }));
}
