import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'vite';
import { describe, expect, test } from 'vitest';
import { type DefinedStatement, definedStatements, defineStatement, type ReadDb } from '../../electron/store/db.ts';
import { indexWords } from '../../electron/store/lists/word-index.ts';
import { type ProjectedItem, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { markRead } from '../../electron/store/marks/read-marks.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { aChange, anItem, claim, openTestStore, shownItem } from './open-test-store.ts';

const folder = new URL('../../electron/store/', import.meta.url);

/** Tables with at most a few dozen rows: reading them whole is the plan. */
const smallTables =
  /^SCAN ((work_tally|store_identity|session_token|journal_state|staff|quarantine|projection_state)\b|(o|outbox) USING (COVERING )?INDEX outbox_|CONSTANT|item_words VIRTUAL TABLE INDEX \d+:[M=])/;

/** Rows of one person, one thread, one act, one test of one person: sorting them is cheap. */
const fewRows =
  /FROM (staff|allergy|proxy|test_report|message|internal_note|medicine_request|outbox_base|projection_dependency|measurement)\b/;

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

test('an act, a change of status, a new item and opening one write few pages, however many items there are', () => {
  const store = openTestStore();
  const { db } = store;
  const arrivedAt = (index: number) => new Date(1.75e12 + index * 60_000).toISOString();
  const take = (index: number, values: Partial<ProjectedItem> = {}) => {
    const [id, at] = [`t${index}`, arrivedAt(index)];
    const item = anItem({ id, arrivedAt: at, newestAt: at, ...values });
    const body = JSON.stringify({ text: `${item.versionId}${'x'.repeat(1_500)}` });
    db.transaction(() => {
      saveResource(db, { type: 'Task', id, versionId: item.versionId, lastUpdated: at, body });
      indexWords(db, saveWorkItem(db, item), `item ${id} cough`);
    });
  };
  const items = 4_000;
  db.transaction(() => {
    for (let index = 0; index < items; index += 1) take(index);
  });
  const middle = items / 2;
  const taskId = `t${middle}`;
  const actOn = (task: string) => {
    const act = aChange(claim, { taskId: task, seen: { [`Task/${task}`]: '1' } });
    return pagesOf(store, () => enqueue(db, act, { sendsAt: act.createdAt, requestHash: 'h'.repeat(64) }));
  };
  // The first of all may have to split a page of its table: what an act costs is what most cost.
  const acts = [taskId, 't1', 't2', 't3', 't4'].map(actOn).toSorted((a, b) => a - b);
  expect(acts[2]).toBeLessThanOrEqual(12);
  expect(pagesOf(store, () => take(middle, { versionId: '2', status: 'accepted' }))).toBeLessThanOrEqual(2);
  expect(pagesOf(store, () => markRead(db, shownItem(db, taskId)))).toBeLessThanOrEqual(3);
  expect(pagesOf(store, () => take(items))).toBeLessThanOrEqual(18);
});
