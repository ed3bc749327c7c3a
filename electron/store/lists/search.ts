import { z } from 'zod';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { findWorkItemByRow } from './work-item.ts';

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
