import { z } from 'zod';
import { defineStatement, gatherUntilEnd, type ReadDb, type WriteDb } from '../db.ts';

// Inside the store a resource is a number, in the mirror and in every projection: rows of one page of a sync then lie side by side in each table,
// where text ids, which are random, would put each on a page of its own. To everybody else it is its type and its id.

/** SQL for the number of a resource; `type` and `id` are SQL too. NULL: nothing here has ever named it. */
export const numberOf = (type: string, id: string): string => `(SELECT number FROM resource_ref WHERE type = ${type} AND id = ${id})`;

/** SQL for the id behind a number: a column with its table's name, because resource_ref has a `number` too. */
export const idOf = (number: string): string => `(SELECT id FROM resource_ref WHERE resource_ref.number = ${number})`;

const FoundNumber = z.object({ number: z.number() }).optional();

const findNumberSql = defineStatement('SELECT number FROM resource_ref WHERE type = :type AND id = :id');

export function findNumber(db: ReadDb, type: string, id: string): number | undefined {
  return FoundNumber.parse(db.read(findNumberSql).get({ type, id }))?.number;
}

const insertNumberSql = defineStatement('INSERT INTO resource_ref (type, id) VALUES (:type, :id)');

/** Numbers that the open transaction has asked for: those of a patient or a thread again and again. An undone one takes them along. */
const asked = gatherUntilEnd<Map<string, number>>(
  () => new Map(),
  () => undefined,
);

/** Numbers a resource the first time that it comes, or that something names it: whichever is earlier (SAFETY I11). */
export function numberResource(db: WriteDb, type: string, id: string): number {
  return db.transaction(() => {
    const numbers = asked.of(db);
    const ref = `${type}/${id}`;
    const number = numbers.get(ref) ?? findNumber(db, type, id) ?? db.write(insertNumberSql).run({ type, id }).lastRow;
    numbers.set(ref, number);
    return number;
  });
}

/** `Type/id`, into its parts. */
export function splitRef(ref: string): { readonly type: string; readonly id: string } {
  const slash = ref.indexOf('/');
  return slash === -1 ? { type: ref, id: '' } : { type: ref.slice(0, slash), id: ref.slice(slash + 1) };
}

export function numberRef(db: WriteDb, ref: string): number {
  const { type, id } = splitRef(ref);
  return numberResource(db, type, id);
}
