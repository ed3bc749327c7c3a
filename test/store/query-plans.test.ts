import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'vite';
import { describe, expect, test } from 'vitest';
import { type DefinedStatement, definedStatements, defineStatement, type ReadDb } from '../../electron/store/db.ts';
import { indexWords } from '../../electron/store/lists/search.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { markRead } from '../../electron/store/marks/read-marks.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { aChange, anItem, claim, openTestStore } from './open-test-store.ts';

const folder = new URL('../../electron/store/', import.meta.url);

/** Tables with at most a few dozen rows: reading them whole is the plan. */
const smallTables =
  /^SCAN ((work_tally|store_identity|session_token|journal_state|staff|quarantine|projection_state)\b|(o|outbox) USING (COVERING )?INDEX outbox_|CONSTANT|item_words VIRTUAL TABLE INDEX \d+:[M=])/;

/** Rows of one person, one thread, one act: sorting them is cheap. */
const fewRows = /FROM (staff|allergy|proxy|test_report|message|internal_note|medicine_request|outbox_base)\b/;

const storeFiles = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Every statement that any module of the store defines, in whichever folder. */
async function statements(): Promise<readonly DefinedStatement[]> {
  const files = storeFiles();
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) await import(new URL(file, folder).href);
  return definedStatements();
}

function planOf(db: ReadDb, sql: string): readonly string[] {
  const names = [...sql.matchAll(/[:](\w+)/g)].map(([, name]) => [name ?? '', ''] as const);
  return db
    .read(defineStatement(`EXPLAIN QUERY PLAN ${sql}`))
    .all(Object.fromEntries(names))
    .map(({ detail }) => String(detail));
}

describe('query plans', () => {
  test('no statement of the store scans a big table or sorts what an index orders', async () => {
    const { db } = openTestStore();
    const all = (await statements()).filter(({ wholeTable }) => wholeTable === null);
    expect(all.length).toBeGreaterThan(120);
    const offenders: string[] = [];
    for (const { sql } of all) {
      for (const line of planOf(db, sql)) {
        const scans = line.startsWith('SCAN') && !smallTables.test(line);
        const sorts = line.includes('TEMP B-TREE') && !fewRows.test(sql);
        if (scans || sorts) offenders.push(`${line} — ${sql.replaceAll(/\s+/g, ' ').slice(0, 100)}`);
      }
    }
    expect(offenders).toEqual([]);
  });

  test('a statement is defined where its module is loaded, not when it is asked', () => {
    const late = storeFiles().flatMap((file) => definedInFunctions(file, readFileSync(new URL(file, folder), 'utf8')));
    expect(late).toEqual([]);
  });
});

/** Calls of `defineStatement` inside a function: the walk above would not see them. */
function definedInFunctions(file: string, source: string): readonly string[] {
  const { program } = parseSync(file, source);
  const late: string[] = [];
  let depth = 0;
  const enter = () => {
    depth += 1;
  };
  const leave = () => {
    depth -= 1;
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: ({ callee, start }) => {
      if (depth > 0 && callee.type === 'Identifier' && callee.name === 'defineStatement')
        late.push(`${file}: ${source.slice(start, start + 80)}`);
    },
  }).visit(program);
  return late;
}

/** Pages that a piece of work adds to the WAL. */
function pagesOf(store: ReturnType<typeof openTestStore>, work: () => void): number {
  store.checkpoint();
  work();
  return Number(store.db.read(defineStatement('PRAGMA wal_checkpoint(PASSIVE)')).get()?.log);
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
