import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { actNames, drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice();
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  expect(await pull(desk)).toMatchObject({ ok: true });
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

describe('an act that was queued', () => {
  test.each(actNames)('%s: the server holds its effect, the outbox says done, and the row shows what the server says', async (act) => {
    const itemKey = practice.free[kindFor(act)].shift() ?? '';
    const before = readEffects(practice.server.database).length;
    const opId = queueAct(desk, itemKey, act, drRangi);
    const trace = await push(desk, drRangi);
    expect(trace.bugs).toEqual([]);
    expect(findChange(desk.store.db, opId)).toMatchObject({ state: 'done', problem: null });
    expect(trace.retired).toEqual([opId]);
    expect(readEffects(practice.server.database).length).toBeGreaterThan(before);
    expect(findItemOfTask(desk.store.db, itemKey)?.pending).toBe('none');
    const shown = findItemOfTask(desk.store.db, itemKey);
    await pull(desk);
    expect(findItemOfTask(desk.store.db, itemKey)).toEqual(shown);
  });
});
