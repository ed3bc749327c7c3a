import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { numberOf, numberRef, splitRef } from './resource-number.ts';

const RefRow = z.object({ ref: z.string() });
const refsOf = (rows: readonly unknown[]) => rows.map((row) => RefRow.parse(row).ref);

const dependantsSql = defineStatement(`SELECT type || '/' || id AS ref FROM projection_dependency JOIN resource_ref ON number = by_ref
     WHERE ref = ${numberOf(':type', ':id')}`);

/** References that must be projected again because `ref` arrived or changed. */
export function dependantsOf(db: ReadDb, ref: string): readonly string[] {
  return refsOf(db.read(dependantsSql).all({ ...splitRef(ref) }));
}

const NumberRow = z.object({ ref: z.number() });

const dependencyNumbersSql = defineStatement('SELECT ref FROM projection_dependency WHERE by_ref = :by');
const deleteDependencySql = defineStatement('DELETE FROM projection_dependency WHERE by_ref = :by AND ref = :ref');
const insertDependencySql = defineStatement('INSERT INTO projection_dependency (by_ref, ref) VALUES (:by, :ref)');

/** Says what the projection of `byRef` hangs on, here or not; replaces what it said before, and writes nothing when that is the same. */
export function saveDependencies(db: WriteDb, byRef: string, refs: readonly string[]): void {
  const by = numberRef(db, byRef);
  const wanted = new Set(refs.map((ref) => numberRef(db, ref)));
  const rows = db.read(dependencyNumbersSql).all({ by });
  const known = new Set(rows.map((row) => NumberRow.parse(row).ref));
  for (const ref of known) if (!wanted.has(ref)) db.write(deleteDependencySql).run({ by, ref });
  for (const ref of wanted) if (!known.has(ref)) db.write(insertDependencySql).run({ by, ref });
}

const dependenciesSql = defineStatement(`SELECT type || '/' || id AS ref FROM projection_dependency JOIN resource_ref ON number = ref
     WHERE by_ref = ${numberOf(':type', ':id')} ORDER BY type, id`);

/** What the projection of `byRef` hangs on, here or not. */
export function dependenciesOf(db: ReadDb, byRef: string): readonly string[] {
  return refsOf(db.read(dependenciesSql).all({ ...splitRef(byRef) }));
}
