import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { markInterrupted, markSending } from '../../electron/store/outbox/outbox-send.ts';
import { pushRound } from '../../electron/sync/push/push.ts';
import { findAtomic } from '../../electron/sync/push/transactions.ts';
import { type ActName, drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push, startEngine, until } from '../support/sync-run.ts';

let practice: SmallPractice;
const desks: SyncDesk[] = [];
type Answer = (request: { readonly url: string; readonly method: string }) => Response | undefined;
/** What stands between desk and server: answers instead of it, before or after the request went through. */
const between: { before?: Answer | undefined; after?: Answer | undefined } = {};

function newDesk(): SyncDesk {
  const desk = openDesk({
    baseUrl: practice.server.baseUrl,
    fetch: async (url, init) => {
      const request = { url, method: init.method ?? 'GET' };
      const early = between.before?.(request);
      if (early) return early;
      const answer = await fetch(url, init);
      return between.after?.(request) ?? answer;
    },
  });
  desks.push(desk);
  return desk;
}

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 80 });
});

afterEach(() => {
  between.before = undefined;
  between.after = undefined;
  practice.faults.hook = undefined;
});

afterAll(async () => {
  for (const desk of desks) desk.close();
  await practice.server.close();
});

const free = (act: ActName) => practice.free[kindFor(act)].shift() ?? '';
const stateOf = (desk: SyncDesk, opId: string) => findChange(desk.store.db, opId)?.state;
const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/fhir+json' } });
const refusal = (status: number) => json(status, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] });

test('a change is not called done because something said 200: the server must show it', async () => {
  const desk = newDesk();
  await pull(desk);
  const opId = queueAct(desk, free('claim'), 'claim', drRangi);
  between.before = ({ method }) => (method === 'PUT' ? json(200, {}) : undefined);
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('unknown');
  between.before = undefined;
  desk.skip(400_000);
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('done');
});

test('a message is not called sent because something said 200 to it', async () => {
  const desk = newDesk();
  await pull(desk);
  const opId = queueAct(desk, free('note'), 'note', drRangi);
  between.before = ({ method }) => (method === 'PUT' ? json(200, {}) : undefined);
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('unknown');
});

test('what may have taken effect is not called refused because looking is refused', async () => {
  const desk = newDesk();
  await pull(desk);
  const itemKey = free('reply');
  const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
  const opId = queueAct(desk, itemKey, 'reply', drRangi);
  // The effect is there, the answer says nothing, and reading is not allowed for a while.
  between.after = ({ method }) => (method === 'POST' ? json(200, {}) : undefined);
  between.before = ({ method, url }) => (method === 'GET' && !url.endsWith('/metadata') ? refusal(403) : undefined);
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('unknown');
  desk.skip(400_000);
  between.after = undefined;
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('unknown');
  between.before = undefined;
  desk.skip(400_000);
  await push(desk, drRangi, true);
  expect(stateOf(desk, opId)).toBe('done');
  expect(readEffects(practice.server.database, before).filter(({ type }) => type === 'Communication')).toHaveLength(1);
});

test('one by one, a Task that the same person moved to the same state elsewhere is not taken for our own lock', async () => {
  const [mine, theirs] = [newDesk(), newDesk()];
  await pull(mine);
  const itemKey = free('decide-repeat');
  // Already theirs on both computers, so that neither writes an owner.
  queueAct(mine, itemKey, 'claim', drRangi);
  await push(mine, drRangi, false);
  await pull(mine);
  await pull(theirs);
  const opId = queueAct(mine, itemKey, 'decide-repeat', drRangi);
  theirs.skip(1_000);
  const other = queueAct(theirs, itemKey, 'decide-repeat', drRangi);
  // Theirs takes the Task and then loses the network.
  let writes = 0;
  practice.faults.hook = (point, { method }) => {
    if (point !== 'before-commit' || method === 'GET') return undefined;
    writes += 1;
    return writes > 1 ? { kind: 'drop-socket' } : undefined;
  };
  await push(theirs, drRangi, false);
  practice.faults.hook = undefined;
  expect(stateOf(theirs, other)).toBe('unknown');
  const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
  await push(mine, drRangi, false);
  expect(readEffects(practice.server.database, before)).toEqual([]);
  expect(stateOf(mine, opId)).toBe('conflict');
  theirs.skip(400_000);
  await push(theirs, drRangi, false);
  expect(stateOf(theirs, other)).toBe('done');
});

test.each([409, 422])('one by one, what stopped half way by %i is not called unsent', async (status) => {
  const desk = newDesk();
  await pull(desk);
  const opId = queueAct(desk, free('reply'), 'reply', drRangi);
  let writes = 0;
  practice.faults.hook = (point, { method }) => {
    if (point !== 'before-commit' || method === 'GET') return undefined;
    writes += 1;
    return writes >= 3 ? { kind: 'answer', status } : undefined;
  };
  await push(desk, drRangi, false);
  expect(writes).toBe(3);
  expect(findChange(desk.store.db, opId)).toMatchObject({ state: status === 409 ? 'conflict' : 'rejected' });
  expect(findChange(desk.store.db, opId)?.problem).toContain('Part of it is on the portal already.');
  expect(findChange(desk.store.db, opId)?.problem).not.toContain('Nothing was sent');
});

test('a change whose fate could not be written down goes on by itself', async () => {
  const desk = newDesk();
  await pull(desk);
  const opId = queueAct(desk, free('note'), 'note', drRangi);
  const { db } = desk.store;
  db.write(
    defineStatement(
      "CREATE TEMP TRIGGER full_disk BEFORE UPDATE ON outbox WHEN NEW.state <> 'sending' BEGIN SELECT RAISE(ABORT, 'full'); END",
    ),
  ).run({});
  const engine = startEngine(desk, drRangi);
  await until(() => engine.bugs.length > 0, 'a bug is told');
  expect(stateOf(desk, opId)).toBe('sending');
  db.write(defineStatement('DROP TRIGGER full_disk')).run({});
  await until(() => stateOf(desk, opId) === 'done', 'it is done');
  await engine.stop();
});

test('what was on its way when the process ended is asked about, and not sent beside itself where the server chooses ids', async () => {
  const desk = newDesk();
  await pull(desk);
  const opId = queueAct(desk, free('note'), 'note', drRangi);
  markSending(desk.store.db, opId, new Date(desk.clock.now()).toISOString());
  markInterrupted(desk.store.db);
  const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
  const context = { organisationRef: 'Organization/kauri-street', acceptsClientIds: () => false };
  const again = () =>
    pushRound({
      ...{ db: desk.store.db, portal: desk.portal, clock: desk.clock, random: Math.random, context, atomic: true, lostAnswerMs: 30_000 },
      ...{ subject: drRangi.subject, journal: { retire: () => undefined }, maySend: () => true, onFiled: () => undefined },
      ...{ onFailure: () => undefined, report: (bug) => expect.fail(String(bug)), askOnlyUntil },
    });
  const askOnlyUntil = desk.clock.now() + 30_000;
  await again();
  expect(stateOf(desk, opId)).toBe('unknown');
  expect(readEffects(practice.server.database, before)).toEqual([]);
  desk.skip(31_000);
  await again();
  expect(stateOf(desk, opId)).toBe('done');
});

test('a server that takes a transaction which must fail is never held for atomic', async () => {
  const desk = newDesk();
  between.before = ({ method, url }) => {
    if (method === 'POST') return json(200, { resourceType: 'Bundle', type: 'transaction-response' });
    return url.includes('urn%3Aportaldesk%3Aop') ? json(200, { resourceType: 'Bundle', type: 'searchset' }) : undefined;
  };
  expect(await findAtomic(desk.store.db, desk.portal)).toBe(false);
});
