import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { conservation } from '../../electron/store/conservation.ts';
import { findChange } from '../../electron/store/outbox-rows.ts';
import { findWorkItem } from '../../electron/store/work-item.ts';
import { drPatel, drRangi, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { type RunningEngine, startEngine, until } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;
let engine: RunningEngine;
let plugged: boolean;

beforeEach(async () => {
  plugged = true;
  practice = await startSmallPractice();
  desk = openDesk({
    baseUrl: practice.server.baseUrl,
    fetch: (url, init) => (plugged ? fetch(url, init) : Promise.reject(Object.assign(new Error('unplugged'), { code: 'ENETUNREACH' }))),
  });
  engine = startEngine(desk, drRangi);
});

afterEach(async () => {
  await engine.stop();
  desk.close();
  await practice.server.close();
  expect(engine.bugs).toEqual([]);
});

const state = (opId: string) => findChange(desk.store.db, opId)?.state;

describe('the engine', () => {
  test('the first sync ends up to date, says so, and nothing is lost on the way', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    expect(engine.status()).toMatchObject({ waiting: 0, needsYou: 0, quarantined: 0, progress: null, problem: null });
    for (const { type, server, shown, quarantined, filtered } of conservation(desk.store.db)) {
      expect({ type, sum: shown + quarantined + filtered }).toEqual({ type, sum: server });
    }
    expect(engine.topics).toContain('inbox');
  });

  test('an unplugged cable is said, acts wait, and go out by themselves when it is back', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    plugged = false;
    await until(() => engine.status().state === 'offline', 'offline');
    const itemId = practice.free.message[0] ?? '';
    const opId = queueAct(desk, itemId, 'reply', drRangi);
    engine.pushSoon();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(engine.status()).toMatchObject({ state: 'offline', waiting: 1 });
    expect(state(opId)).toBe('queued');
    plugged = true;
    engine.wake();
    await until(() => state(opId) === 'done', 'sent');
    expect(engine.status()).toMatchObject({ waiting: 0 });
    expect(findWorkItem(desk.store.db, itemId)).toMatchObject({ status: 'completed', pending: 'none' });
  });

  test('a change of another author is never sent with this session', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    const opId = queueAct(desk, practice.free.message[0] ?? '', 'claim', drPatel);
    const before = readEffects(practice.server.database).length;
    engine.pushSoon();
    await engine.syncNow();
    expect(state(opId)).toBe('queued');
    expect(readEffects(practice.server.database).length).toBe(before);
  });

  test('several acts on one item go out in the order in which they were made', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    const itemId = practice.free.message[0] ?? '';
    const ops = (['claim', 'note', 'set-priority', 'reply'] as const).map((act) => queueAct(desk, itemId, act, drRangi));
    engine.pushSoon();
    await until(() => ops.every((opId) => state(opId) === 'done'), 'all sent');
    expect(findWorkItem(desk.store.db, itemId)).toMatchObject({ status: 'completed', priority: 'stat', ownerId: drRangi.staffId });
    const finished = ops.map((opId) => desk.store.db.prepare('SELECT finished_at AS at FROM outbox WHERE op_id = :opId').get({ opId })?.at);
    expect([...finished].sort()).toEqual(finished);
  });

  test('Retry-After is obeyed: no request reaches the server before it ends', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    const asked: number[] = [];
    practice.faults.hook = (point) => {
      if (point !== 'before-handling') return undefined;
      asked.push(performance.now());
      return asked.length === 1 ? { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } : undefined;
    };
    await until(() => asked.length > 1, 'asked again');
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('an idle poll writes nothing into the file and tells no screen', async () => {
    await until(() => engine.status().state === 'up-to-date', 'up to date');
    await engine.syncNow();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const written = () => desk.store.db.prepare('SELECT total_changes() AS count').get()?.count;
    const before = written();
    engine.topics.length = 0;
    await engine.syncNow();
    await engine.syncNow();
    expect(written()).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(engine.topics).toEqual([]);
  });
});
