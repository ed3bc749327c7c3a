import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { conservation } from '../../electron/store/mirror/resource-accounting.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { type StandingTime, standingTime } from '../support/standing-time.ts';
import { drPatel, drRangi, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { type RunningEngine, startEngine, until } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;
let engine: RunningEngine;
let time: StandingTime;
let plugged: boolean;
/** What the engine has to say gathers for a moment. */
const beforeItTells = 1_000;

beforeEach(async () => {
  plugged = true;
  practice = await startSmallPractice();
  time = standingTime();
  desk = openDesk({
    baseUrl: practice.server.baseUrl,
    clock: time,
    fetch: (url, init) => (plugged ? fetch(url, init) : Promise.reject(Object.assign(new Error('unplugged'), { code: 'ENETUNREACH' }))),
  });
  engine = startEngine(desk, drRangi, time.after);
  await until(() => engine.status().state === 'up-to-date', 'up to date');
  time.pass(beforeItTells);
  // Time that passes begins a poll; after this one the engine waits.
  await engine.syncNow();
});

afterEach(async () => {
  await engine.stop();
  desk.close();
  await practice.server.close();
  expect(engine.bugs).toEqual([]);
});

const state = (opId: string) => findChange(desk.store.db, opId)?.state;

describe('the engine', () => {
  test('the first sync ends up to date, says so, and nothing is lost on the way', () => {
    expect(engine.status()).toMatchObject({ waiting: 0, needsAttention: 0, quarantined: 0, progress: null, problem: null });
    for (const { type, server, shown, quarantined, filtered } of conservation(desk.store.db)) {
      expect({ type, sum: shown + quarantined + filtered }).toEqual({ type, sum: server });
    }
    expect(engine.topics).toContain('inbox');
  });

  test('an unplugged cable is said, acts wait, and go out by themselves when it is back', async () => {
    // Once an act has gone out, nothing but the cable is missing for the next.
    const before = queueAct(desk, practice.free.message[1] ?? '', 'claim', drRangi);
    engine.pushSoon();
    await until(() => state(before) === 'done', 'sent');
    plugged = false;
    await engine.syncNow();
    expect(engine.status().state).toBe('offline');
    const itemKey = practice.free.message[0] ?? '';
    const opId = queueAct(desk, itemKey, 'reply', drRangi);
    engine.pushSoon();
    await engine.syncNow();
    expect(engine.status()).toMatchObject({ state: 'offline', waiting: 1 });
    expect(findChange(desk.store.db, opId)).toMatchObject({ state: 'queued', attempts: 0 });
    plugged = true;
    engine.wake();
    await until(() => state(opId) === 'done', 'sent');
    expect(engine.status()).toMatchObject({ waiting: 0 });
    expect(findItemOfTask(desk.store.db, itemKey)).toMatchObject({ status: 'completed', pending: 'none' });
  });

  test('a change of another author is never sent with this session', async () => {
    const opId = queueAct(desk, practice.free.message[0] ?? '', 'claim', drPatel);
    // That it was made is audited; the change itself stays.
    const changes = () => readEffects(practice.server.database).filter(({ type }) => type !== 'AuditEvent').length;
    const before = changes();
    engine.pushSoon();
    await engine.syncNow();
    expect(findChange(desk.store.db, opId)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(changes()).toBe(before);
  });

  test('several acts on one item go out in the order in which they were made', async () => {
    const itemKey = practice.free.message[0] ?? '';
    const ops = (['claim', 'note', 'set-priority', 'reply'] as const).map((act) => queueAct(desk, itemKey, act, drRangi));
    engine.pushSoon();
    await until(() => engine.retired.length === ops.length, 'all sent');
    expect(findItemOfTask(desk.store.db, itemKey)).toMatchObject({ status: 'completed', priority: 'stat', ownerId: drRangi.staffId });
    expect(engine.retired).toEqual(ops);
  });

  test('Retry-After is obeyed: no request reaches the server before it ends', async () => {
    let asked = 0;
    practice.faults.hook = (point) => {
      if (point !== 'before-handling') return undefined;
      asked += 1;
      return asked === 1 ? { kind: 'answer', status: 429, headers: { 'retry-after': '30' } } : undefined;
    };
    await engine.syncNow();
    time.pass(beforeItTells);
    expect(time.untilNext()).toBe(30_000 - beforeItTells);
    expect(asked).toBe(1);
    time.pass(30_000 - beforeItTells);
    await until(() => asked > 1, 'asked again');
  });

  test('an idle poll writes nothing into the file and tells no screen', async () => {
    const written = () => desk.store.db.read(defineStatement('SELECT total_changes() AS count')).get()?.count;
    const before = written();
    engine.topics.length = 0;
    await engine.syncNow();
    await engine.syncNow();
    expect(written()).toBe(before);
    time.pass(beforeItTells);
    expect(engine.topics).toEqual([]);
  });
});
