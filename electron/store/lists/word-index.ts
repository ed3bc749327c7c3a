import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineStatement, gatherUntilEnd, type ReadDb, type WriteDb } from '../db.ts';

/**
 * Words by row number; null: none any more. FTS5 writes a segment at each statement that it must be able to take back, and whenever row numbers
 * go down: written one after the other, last in the transaction and in order, they make one segment for each commit.
 */
const queued = gatherUntilEnd<Map<number, string | null>>(() => new Map(), writeQueued);

/** Makes an item findable by these words (names, NHI, subject, text of its messages), from the end of the transaction on. */
export function indexWords(db: WriteDb, row: number, words: string): void {
  db.transaction(() => queued.of(db).set(row, words));
}

export function dropWords(db: WriteDb, row: number): void {
  db.transaction(() => queued.of(db).set(row, null));
}

const FoundHash = z.object({ hash: z.instanceof(Buffer) }).optional();

const findHashSql = defineStatement('SELECT hash FROM item_words_hash WHERE row = :row');
const deleteWordsSql = defineStatement('DELETE FROM item_words WHERE rowid = :row');
const deleteHashSql = defineStatement('DELETE FROM item_words_hash WHERE row = :row');
const insertWordsSql = defineStatement('INSERT INTO item_words (rowid, words) VALUES (:row, :words)');
const saveHashSql = defineStatement(
  'INSERT INTO item_words_hash (row, hash) VALUES (:row, :hash) ON CONFLICT (row) DO UPDATE SET hash = excluded.hash',
);

/** Costs nothing for words that are the same as before. */
function writeQueued(db: WriteDb, wordsByRow: ReadonlyMap<number, string | null>): void {
  const rows = [...wordsByRow].sort(([a], [b]) => a - b);
  const changed = rows.flatMap(([row, words]) => {
    const known = FoundHash.parse(db.read(findHashSql).get({ row }))?.hash;
    const hash = words === null ? null : createHash('sha256').update(words).digest().subarray(0, 16);
    const isSame = hash === null ? known === undefined : known?.equals(hash);
    return isSame ? [] : [{ row, words, hash, known }];
  });
  for (const { row, known } of changed) if (known) db.write(deleteWordsSql).run({ row });
  for (const { row, words } of changed) if (words !== null) db.write(insertWordsSql).run({ row, words: words.normalize('NFC') });
  for (const { row, hash } of changed) {
    if (hash === null) db.write(deleteHashSql).run({ row });
    else db.write(saveHashSql).run({ row, hash });
  }
}

const countSegmentsSql = defineStatement('SELECT count(DISTINCT segid) AS count FROM item_words_idx', {
  wholeTable: 'a few rows for each segment, for tests and the bench',
});

/** Segments of the word index: each committed batch adds one, each costs every search a little; at 2,000 SQLite refuses to go on. */
export function countSegments(db: ReadDb): number {
  return z.object({ count: z.number() }).parse(db.read(countSegmentsSql).get()).count;
}

const mergeWordsSql = defineStatement("INSERT INTO item_words (item_words, rank) VALUES ('merge', :pages)");

/** Merges a little (about `pages` pages of index, 8 ms for 64); call it between other work until it answers false. */
export function mergeWords(db: WriteDb, pages = 64): boolean {
  const before = totalChanges(db);
  db.write(mergeWordsSql).run({ pages });
  // The insert itself counts one; more says that something was merged (https://sqlite.org/fts5.html#the_merge_command).
  return totalChanges(db) - before >= 2;
}

const totalChangesSql = defineStatement('SELECT total_changes() AS count');

function totalChanges(db: ReadDb): number {
  return z.object({ count: z.number() }).parse(db.read(totalChangesSql).get()).count;
}
