import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { findWorkItemByRow } from './work-item.ts';

const HashRow = z.object({ hash: z.instanceof(Buffer) });

const selectItemWordsHashSql = defineStatement('SELECT hash FROM item_words_hash WHERE row = :row');
const deleteItemWordsSql = defineStatement('DELETE FROM item_words WHERE rowid = :row');
const insertItemWordsSql = defineStatement('INSERT INTO item_words (rowid, words) VALUES (:row, :words)');
const insertItemWordsHashSql = defineStatement(
  'INSERT INTO item_words_hash (row, hash) VALUES (:row, :hash) ON CONFLICT (row) DO UPDATE SET hash = excluded.hash',
);

/** Makes an item findable by these words (names, NHI, subject, text of its messages). Costs nothing when they are the same as before. */
export function indexWords(db: WriteDb, row: number, words: string): void {
  const hash = createHash('sha256').update(words).digest().subarray(0, 16);
  db.transaction(() => {
    const known = db.read(selectItemWordsHashSql).get({ row });
    if (known && HashRow.parse(known).hash.equals(hash)) return;
    if (known) db.write(deleteItemWordsSql).run({ row });
    db.write(insertItemWordsSql).run({ row, words: words.normalize('NFC') });
    db.write(insertItemWordsHashSql).run({
      row,
      hash,
    });
  });
}

const mostWords = 12;

/**
 * What a person typed as an FTS5 query: every word must be there, each as a prefix. Each goes in as a quoted string, so that nothing they type is
 * syntax; a single letter must be a word of its own, because a prefix that short would read half the index. Null: nothing to look for.
 */
export function toSearchQuery(text: string): string | null {
  const words = text
    .normalize('NFC')
    .split(/[\s\p{C}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
    .map((word) => `"${word.replaceAll('"', '""')}"${[...word].length > 1 ? '*' : ''}`);
  return words.length === 0 ? null : words.join(' AND ');
}

const searchItemsSql = defineStatement(
  'SELECT rowid AS row FROM item_words WHERE item_words MATCH :query ORDER BY rowid DESC LIMIT :limit',
);

/** Newest first. `more`: there are further hits beyond `limit`. */
export function searchItems(db: ReadDb, text: string, limit: number): { rows: WorkItem[]; more: boolean } {
  const query = toSearchQuery(text);
  if (query === null) return { rows: [], more: false };
  const hits = z.array(z.object({ row: z.number() })).parse(db.read(searchItemsSql).all({ query, limit: limit + 1 }));
  const rows = hits.slice(0, limit).flatMap(({ row }) => findWorkItemByRow(db, row) ?? []);
  return { rows, more: hits.length > limit };
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
