import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import type { Fault, FaultHook } from '../../electron/demo/fhir-server/faults.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { type ActName, actNames, drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

const perAct = Number(process.env.SYNC_SEEDS ?? 6);
let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 40 + perAct * 40 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  expect(await pull(desk)).toMatchObject({ ok: true });
  await push(desk, drRangi);
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

/** Ways to lose an answer after the effect, or the request before it. */
const losses: Readonly<Record<string, { point: string; fault: Fault }>> = {
  'the connection dies after the commit': { point: 'after-commit-before-answer', fault: { kind: 'drop-socket' } },
  'half the answer comes, with its length': { point: 'before-body', fault: { kind: 'truncate-body', bytes: 40, framing: 'length' } },
  'half the answer comes, as if whole': { point: 'before-body', fault: { kind: 'truncate-body', bytes: 40, framing: 'close' } },
  'another page answers after the commit': {
    point: 'after-commit-before-answer',
    fault: { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the wifi</html>' },
  },
  'a gateway gives up after the commit': { point: 'after-commit-before-answer', fault: { kind: 'answer', status: 504 } },
  'the connection dies before the commit': { point: 'before-commit', fault: { kind: 'drop-socket' } },
  'the server is busy before the commit': {
    point: 'before-commit',
    fault: { kind: 'answer', status: 503, headers: { 'retry-after': '0' } },
  },
};
const names = Object.keys(losses);

/** The fault strikes the first `times` writes. */
function strike(name: string, times: number): FaultHook {
  const loss = losses[name];
  let left = times;
  return (point, context) => {
    if (!loss || point !== loss.point || context.method === 'GET' || left === 0) return undefined;
    left -= 1;
    return loss.fault;
  };
}

const cases = actNames.flatMap((act) =>
  Array.from({ length: perAct }, (_, round) => ({ act, loss: names[round % names.length] ?? '', times: 1 + (round % 2) })),
);

describe('whatever happens to an answer', () => {
  test.each(cases)(
    '$act has exactly one effect when $loss ($times times)',
    async ({ act, loss, times }: { act: ActName; loss: string; times: number }) => {
      const { database } = practice.server;
      const itemKey = practice.free[kindFor(act)].shift() ?? '';
      const seqBefore = readEffects(database).at(-1)?.seq ?? 0;
      const opId = queueAct(desk, itemKey, act, drRangi);
      practice.faults.hook = strike(loss, times);
      for (let round = 0; round < 5 && findChange(desk.store.db, opId)?.state !== 'done'; round += 1) {
        await push(desk, drRangi, true);
        desk.skip(400_000);
      }
      practice.faults.hook = undefined;
      expect(findChange(desk.store.db, opId)).toMatchObject({ state: 'done' });
      const effects = readEffects(database, seqBefore).map(({ type, id }) => `${type}/${id}`);
      expect(effects.length).toBeGreaterThan(0);
      // Every resource was written once: no second message, order or record, and no update twice.
      expect(new Set(effects).size).toBe(effects.length);
    },
  );
});
