import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../electron/store/db.ts';
import { searchItems } from '../../electron/store/lists/search.ts';
import { countSegments, indexWords, mergeWords } from '../../electron/store/lists/word-index.ts';
import { dropWorkItem, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { anItem, openTestStore } from './open-test-store.ts';

function addItem(db: WriteDb, id: string, words: string, arrivedAt = '2026-11-20T01:00:00.000Z'): void {
  db.transaction(() => indexWords(db, saveWorkItem(db, anItem({ id, arrivedAt })), words));
}

const find = (db: WriteDb, text: string) => searchItems(db, text, 50).rows.map(({ taskId }) => taskId);

describe('search', () => {
  test('finds words and their beginnings, whatever the case and with or without macrons', () => {
    const { db } = openTestStore();
    addItem(db, 'a', 'Tāmati Pōtatau-Smith ZAA0067 Blood test results');
    addItem(db, 'b', 'TAMATI Brown ZAA0083 Repeat: paracetamol');
    for (const text of [
      'tamati',
      'TĀMATI',
      'tāma',
      'Tamati results',
      'potatau',
      'smith',
      'potatau-smith',
      'ZAA0067',
      'zaa006',
      'blood te',
    ]) {
      expect(find(db, text)).toContain('a');
    }
    expect(find(db, 'zaa0067')).toEqual(['a']);
    expect(find(db, 'tamati paracetamol')).toEqual(['b']);
    expect(find(db, 'smith paracetamol')).toEqual([]);
  });

  test('a macron typed as a letter and a combining mark is the same letter', () => {
    const { db } = openTestStore();
    addItem(db, 'a', 'Pōtatau'.normalize('NFD'));
    expect(find(db, 'pōtatau'.normalize('NFC'))).toEqual(['a']);
    expect(find(db, 'pōtatau'.normalize('NFD'))).toEqual(['a']);
  });

  test('is newest first by arrival, whatever order the items came in', () => {
    const { db } = openTestStore();
    const minutes = [30, 5, 59, 0, 17, 17];
    for (const [index, minute] of minutes.entries())
      addItem(db, `t${index}`, 'cough', new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString());
    const found = searchItems(db, 'cough', 50).rows.map(({ arrivedAt }) => arrivedAt);
    expect(found).toEqual([...found].sort().reverse());
    const first = searchItems(db, 'cough', 2);
    expect(first.more).toBe(true);
    expect(first.rows.map(({ taskId }) => taskId)).toEqual(['t2', 't0']);
  });

  test('whatever is typed is text, never syntax', () => {
    const { db } = openTestStore();
    addItem(db, 'a', 'anything at all');
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.constantFrom('"', '*', 'AND', 'OR', 'NOT', 'NEAR(', ')', '^', '-', ':', 'words:', '{', '}', "'", '\0', 'a', 'any'), {
          maxLength: 8,
        })
        .map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        searchItems(db, text, 5);
      }),
      { numRuns: 500 },
    );
    expect(find(db, 'a OR b')).toEqual([]);
    expect(find(db, 'words:anything')).toEqual([]);
    expect(find(db, '"anything"')).toEqual(['a']);
    expect(find(db, '  -- ')).toEqual([]);
  });

  test('changed words replace the old ones; a deleted item is found no more', () => {
    const { db } = openTestStore();
    addItem(db, 'a', 'cough');
    addItem(db, 'a', 'sore throat');
    expect(find(db, 'cough')).toEqual([]);
    expect(find(db, 'throat')).toEqual(['a']);
    dropWorkItem(db, 'a');
    expect(find(db, 'throat')).toEqual([]);
  });

  test('the same words again leave the index alone', () => {
    const { db } = openTestStore();
    addItem(db, 'a', 'cough');
    const before = countSegments(db);
    addItem(db, 'a', 'cough');
    expect(countSegments(db)).toBe(before);
  });

  test('segments stay few when merged between batches, and everything is still found', () => {
    const { db } = openTestStore();
    for (let index = 0; index < 400; index += 1) {
      addItem(db, `t${index}`, `item number${index} cough`, new Date(Date.UTC(2026, 10, 20, 1, 0, index)).toISOString());
      if (index % 20 === 0) while (mergeWords(db));
    }
    expect(countSegments(db)).toBeLessThanOrEqual(40);
    expect(searchItems(db, 'cough', 200).rows).toHaveLength(200);
    expect(find(db, 'number123')).toEqual(['t123']);
  });
});
