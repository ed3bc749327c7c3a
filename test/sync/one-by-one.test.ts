import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { findEntry } from '../../electron/store/outbox/outbox-entries.ts';
import { drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 200 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(desk);
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

const acts = ['reply', 'decide-repeat', 'decline-repeat', 'release-result', 'hold-result'] as const;
const cases = acts.flatMap((act) =>
  [1, 2, 3, 4].flatMap((step) => (['before-commit', 'after-commit-before-answer'] as const).map((point) => ({ act, step, point }))),
);

describe('where transactions are not atomic, the writes go one by one', () => {
  test.each(cases)('$act, cut at write $step $point: it is finished later and nothing is there twice', async ({ act, step, point }) => {
    const itemKey = practice.free[kindFor(act)].shift() ?? '';
    const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
    const opId = queueAct(desk, itemKey, act, drRangi);
    let writes = 0;
    practice.faults.hook = (at, { method }) => {
      if (at !== point || method === 'GET') return undefined;
      writes += 1;
      return writes === step ? { kind: 'drop-socket' } : undefined;
    };
    for (let round = 0; round < 4 && findEntry(desk.store.db, opId)?.state !== 'done'; round += 1) {
      await push(desk, drRangi, false);
      desk.skip(400_000);
    }
    practice.faults.hook = undefined;
    expect(findEntry(desk.store.db, opId)).toMatchObject({ state: 'done', problem: null });
    const effects = readEffects(practice.server.database, before);
    const created = effects.filter(({ version }) => version === 1).map(({ type, id }) => `${type}/${id}`);
    expect(new Set(created).size).toBe(created.length);
    // The Task is written twice: taken, then finished. Everything else once.
    const others = effects.filter(({ type }) => type !== 'Task').map(({ type, id }) => `${type}/${id}`);
    expect(new Set(others).size).toBe(others.length);
    expect(effects.filter(({ type }) => type === 'Task').length).toBeLessThanOrEqual(2);
  });

  test.each(cases.filter(({ act }) => act === 'decide-repeat'))(
    '$act, cut at write $step $point and pulled before it goes on: its own order is not taken for a colleague’s',
    async ({ act, step, point }) => {
      const itemKey = practice.free[kindFor(act)].shift() ?? '';
      const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
      const opId = queueAct(desk, itemKey, act, drRangi);
      let writes = 0;
      practice.faults.hook = (at, { method }) => {
        if (at !== point || method === 'GET') return undefined;
        writes += 1;
        return writes === step ? { kind: 'drop-socket' } : undefined;
      };
      for (let round = 0; round < 4 && findEntry(desk.store.db, opId)?.state !== 'done'; round += 1) {
        await push(desk, drRangi, false);
        await pull(desk);
        desk.skip(400_000);
      }
      practice.faults.hook = undefined;
      expect(findEntry(desk.store.db, opId)).toMatchObject({ state: 'done', problem: null });
      const ordered = readEffects(practice.server.database, before)
        .filter(({ type, version }) => type === 'MedicationRequest' && version === 1)
        .map(({ json }) => JSON.stringify(JSON.parse(json ?? '{}').basedOn));
      expect(ordered.length).toBeGreaterThan(0);
      expect(new Set(ordered).size).toBe(ordered.length);
    },
  );
});
