import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReadDb } from '../../electron/store/db.ts';
import { indexWords } from '../../electron/store/lists/search.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { markRead } from '../../electron/store/marks/read-marks.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { aChange, anItem, claim, openTestStore } from './open-test-store.ts';

const folder = new URL('../../electron/store/', import.meta.url);

/** Not on an interactive path: they say so, and count or read a whole table on purpose. */
const wholeTable = new Set(['resource-accounting.ts', 'connection-pragmas.ts', 'migrate.ts', 'rebuild.ts', 'audit.ts']);

/** Tables with at most a few dozen rows: reading them whole is the plan. */
const smallTables =
  /^SCAN ((work_tally|store_identity|session_token|journal_state|staff|quarantine|projection_state)\b|(o|outbox) USING (COVERING )?INDEX outbox_|CONSTANT|item_words VIRTUAL TABLE INDEX \d+:[M=])/;

const quotes = [
  /'((?:SELECT|UPDATE|DELETE|INSERT) [^'\n]*)'/g,
  /"((?:SELECT|UPDATE|DELETE|INSERT) [^"\n]*)"/g,
  /`((?:SELECT|UPDATE|DELETE|INSERT) [^`]*)`/g,
];

/** Every static statement of the store, with the file it stands in. */
function statements(): readonly { readonly file: string; readonly sql: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !wholeTable.has(basename(file)))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      return quotes
        .flatMap((pattern) => [...text.matchAll(pattern)])
        .map(([, sql]) => ({ file, sql: sql ?? '' }))
        .filter(({ sql }) => !sql.includes('item_words_idx') && !sql.includes('GROUP BY type'));
    });
}

function planOf(db: ReadDb, sql: string): readonly string[] {
  const names = [...sql.matchAll(/[:](\w+)/g)].map(([, name]) => [name ?? '', ''] as const);
  return db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(Object.fromEntries(names))
    .map(({ detail }) => String(detail));
}

describe('query plans', () => {
  test('no statement of the store scans a big table or sorts what an index orders', () => {
    const { db } = openTestStore();
    const all = statements();
    expect(all.length).toBeGreaterThan(80);
    const offenders: string[] = [];
    for (const { file, sql } of all) {
      for (const line of planOf(db, sql)) {
        const scans = line.startsWith('SCAN') && !smallTables.test(line);
        const sorts =
          line.includes('TEMP B-TREE') &&
          !/FROM (staff|allergy|proxy|test_report|message|internal_note|medicine_request|outbox_base)\b/.test(sql);
        if (scans || sorts) offenders.push(`${file}: ${line} — ${sql.replaceAll(/\s+/g, ' ').slice(0, 100)}`);
      }
    }
    expect(offenders).toEqual([]);
  });
});

/** Pages that a piece of work adds to the WAL. */
function pagesOf(store: ReturnType<typeof openTestStore>, work: () => void): number {
  store.checkpoint();
  work();
  return Number(store.db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()?.log);
}

test('an act, a change of status, and opening an item write few pages, however many items there are', () => {
  const store = openTestStore();
  const { db } = store;
  const pages = (items: number) => {
    db.transaction(() => {
      for (let index = 0; index < items; index += 1) {
        const id = `t${index}`;
        const arrivedAt = new Date(1.75e12 + index * 60_000).toISOString();
        saveResource(db, { type: 'Task', id, versionId: '1', lastUpdated: arrivedAt, body: `{"text":"${'x'.repeat(1500)}"}` });
        indexWords(db, saveWorkItem(db, anItem({ id, arrivedAt, newestAt: arrivedAt })), `item ${id} cough`);
      }
    });
    const middle = `t${Math.floor(items / 2)}`;
    const act = aChange(claim, { itemId: middle, seen: { [`Task/${middle}`]: '1' } });
    const arrivedAt = new Date(1.75e12 + Math.floor(items / 2) * 60_000).toISOString();
    return {
      act: pagesOf(store, () => enqueue(db, act, { sendsAt: act.createdAt, summary: 'x' })),
      status: pagesOf(store, () =>
        db.transaction(() => {
          saveResource(db, { type: 'Task', id: middle, versionId: '2', lastUpdated: arrivedAt, body: `{"text":"${'y'.repeat(1500)}"}` });
          indexWords(
            db,
            saveWorkItem(db, anItem({ id: middle, versionId: '2', arrivedAt, newestAt: arrivedAt, status: 'accepted' })),
            `item ${middle} cough`,
          );
        }),
      ),
      open: pagesOf(store, () => markRead(db, middle)),
    };
  };
  const many = pages(4000);
  expect(many.act).toBeLessThanOrEqual(14);
  expect(many.status).toBeLessThanOrEqual(10);
  expect(many.open).toBeLessThanOrEqual(4);
});
