import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { findEntry } from '../../electron/store/outbox/outbox-entries.ts';
import { changedElements, judge } from '../../electron/sync/push/conflict.ts';
import { type Body, editOnServer } from '../support/edit-on-server.ts';
import { type ActName, drPatel, drRangi, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

let practice: SmallPractice;
let mine: SyncDesk;
let theirs: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 120 });
  mine = openDesk({ baseUrl: practice.server.baseUrl });
  theirs = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(mine);
  await pull(theirs);
});

afterAll(async () => {
  mine.close();
  theirs.close();
  await practice.server.close();
});

const edit = (ref: string, change: (resource: Body) => Body) => editOnServer(practice, ref, change);

describe('two desktops on one item', () => {
  test.each(['claim', 'decide-repeat', 'release-result'] as const)(
    '%s: exactly one wins, the other is told and nothing of theirs is sent',
    async (act: ActName) => {
      const kind = act === 'claim' ? 'message' : act === 'decide-repeat' ? 'repeat' : 'result';
      const itemKey = practice.free[kind].shift() ?? '';
      const ops = [queueAct(mine, itemKey, act, drRangi), queueAct(theirs, itemKey, act, drPatel)] as const;
      await Promise.all([push(mine, drRangi, true), push(theirs, drPatel, true)]);
      const states = [findEntry(mine.store.db, ops[0])?.state, findEntry(theirs.store.db, ops[1])?.state];
      expect([...states].sort()).toEqual(['conflict', 'done']);
      const loser = states[0] === 'conflict' ? mine : theirs;
      const entry = findEntry(loser.store.db, states[0] === 'conflict' ? ops[0] : ops[1]);
      expect(entry?.problem).toMatch(/Somebody changed .* Nothing was sent\./);
      // The loser sees what the winner did, beside the own act that waits for a decision.
      const winner = states[0] === 'done' ? drRangi : drPatel;
      const server = loser.store.db
        .read(defineStatement('SELECT server_state AS state FROM work_item WHERE id = :itemKey'))
        .get({ itemKey });
      expect(String(server?.state)).toContain(act === 'claim' ? winner.staffId : 'completed');
      expect(findItemOfTask(loser.store.db, itemKey)?.pending).toBe('conflict');
    },
  );

  test('twenty claims at once have one winner', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const desks = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const desk = openDesk({ baseUrl: practice.server.baseUrl });
        await pull(desk);
        const author = { staffId: index % 2 === 0 ? 'role-dr-rangi' : 'role-dr-patel', name: `Somebody ${index}`, subject: `s${index}` };
        return { desk, author, opId: queueAct(desk, itemKey, 'claim', author) };
      }),
    );
    const before = readEffects(practice.server.database).length;
    await Promise.all(desks.map(({ desk, author }) => push(desk, author, true)));
    expect(readEffects(practice.server.database).length).toBe(before + 1);
    for (const { desk } of desks) desk.close();
  });
});

describe('somebody else wrote in between', () => {
  test('a claim is moved onto a version in which only a note changed', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const opId = queueAct(mine, itemKey, 'set-priority', drRangi);
    await edit(`Task/${itemKey}`, (task) => ({ ...task, note: [{ text: 'Called twice' }] }));
    await push(mine, drRangi, true);
    expect(findEntry(mine.store.db, opId)?.state).toBe('done');
    const task = JSON.parse(await (await fetch(`${practice.server.baseUrl}/Task/${itemKey}`)).text());
    expect(task).toMatchObject({ priority: 'stat', note: [{ text: 'Called twice' }] });
  });

  test('an act whose own element changed waits for a person', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const opId = queueAct(mine, itemKey, 'set-priority', drRangi);
    await edit(`Task/${itemKey}`, (task) => ({ ...task, priority: 'asap' }));
    await push(mine, drRangi, true);
    expect(findEntry(mine.store.db, opId)).toMatchObject({
      state: 'conflict',
      problem: 'Somebody changed its priority after you decided. Nothing was sent.',
    });
  });

  test('an approval is never moved onto a request whose dose changed', async () => {
    const itemKey = practice.free.repeat.shift() ?? '';
    const opId = queueAct(mine, itemKey, 'decide-repeat', drRangi);
    const focus = JSON.parse(await (await fetch(`${practice.server.baseUrl}/Task/${itemKey}`)).text()).focus.reference;
    await edit(focus, (request) => ({ ...request, dosageInstruction: [{ text: 'Take ten of them' }] }));
    const before = readEffects(practice.server.database).length;
    await push(mine, drRangi, true);
    expect(findEntry(mine.store.db, opId)).toMatchObject({ state: 'conflict', problem: expect.stringContaining('the dose') });
    expect(readEffects(practice.server.database).length).toBe(before);
  });

  test('a later act of ours on the same item follows our own first one and is no conflict', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const claim = queueAct(mine, itemKey, 'claim', drRangi);
    const priority = queueAct(mine, itemKey, 'set-priority', drRangi);
    const finish = queueAct(mine, itemKey, 'finish', drRangi);
    await push(mine, drRangi, true);
    for (const opId of [claim, priority, finish]) expect(findEntry(mine.store.db, opId)?.state).toBe('done');
  });

  /** The answer to our first act is lost, a colleague writes, and we find our first act done. */
  async function secondAfter(first: ActName, second: ActName, byColleague: (task: Body) => Body) {
    const itemKey = practice.free.message.shift() ?? '';
    const ops = [queueAct(mine, itemKey, first, drRangi), queueAct(mine, itemKey, second, drRangi)] as const;
    let isLost = false;
    practice.faults.hook = (point, { method }) => {
      if (isLost || point !== 'after-commit-before-answer' || method === 'GET') return undefined;
      isLost = true;
      return { kind: 'drop-socket' };
    };
    await push(mine, drRangi, true);
    practice.faults.hook = undefined;
    await edit(`Task/${itemKey}`, byColleague);
    mine.skip(400_000);
    await push(mine, drRangi, true);
    mine.skip(400_000);
    await push(mine, drRangi, true);
    return ops.map((opId) => findEntry(mine.store.db, opId)?.state);
  }

  test('a later act of ours is not handed on to what a colleague made of our first one while its answer was lost', async () => {
    const urgent = (task: Body) => ({ ...task, priority: 'stat' });
    expect(await secondAfter('claim', 'set-priority', urgent)).toEqual(['done', 'conflict']);
  });

  test('but it follows our own first one when the colleague wrote something else', async () => {
    const noted = (task: Body) => ({ ...task, note: [{ text: 'Called twice' }] });
    expect(await secondAfter('claim', 'set-priority', noted)).toEqual(['done', 'done']);
  });

  test('an act behind one in conflict is not sent', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const first = queueAct(mine, itemKey, 'claim', drRangi);
    const second = queueAct(mine, itemKey, 'note', drRangi);
    await edit(`Task/${itemKey}`, (task) => ({ ...task, owner: { reference: 'PractitionerRole/role-dr-patel' }, status: 'accepted' }));
    await push(mine, drRangi, true);
    expect([first, second].map((opId) => findEntry(mine.store.db, opId)?.state)).toEqual(['conflict', 'queued']);
  });

  test('what the server refuses is shown and not lost', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const opId = queueAct(mine, itemKey, 'reply', drRangi);
    practice.faults.hook = (point, { method }) =>
      point === 'before-handling' && method === 'POST'
        ? {
            kind: 'answer',
            status: 403,
            headers: { 'content-type': 'application/fhir+json' },
            body: '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden","details":{"text":"You may not reply."}}]}',
          }
        : undefined;
    await push(mine, drRangi, true);
    practice.faults.hook = undefined;
    expect(findEntry(mine.store.db, opId)).toMatchObject({ state: 'rejected', problem: 'You may not reply.' });
  });

  test('after a 401 that no refresh mends, the change is parked until its author signs in', async () => {
    const itemKey = practice.free.message.shift() ?? '';
    const opId = queueAct(mine, itemKey, 'reply', drRangi);
    practice.faults.hook = (point, { method }) =>
      point === 'before-handling' && method === 'POST' ? { kind: 'answer', status: 401 } : undefined;
    await push(mine, drRangi, true);
    practice.faults.hook = undefined;
    expect(findEntry(mine.store.db, opId)).toMatchObject({ state: 'needs-sign-in' });
  });
});

describe('the judgement of a conflict', () => {
  const moved = (ref: string, base: object, current: object, touched: string[] = []) => [
    { ref, base: JSON.stringify(base), current: JSON.stringify(current), touched },
  ];

  test('numbers are compared as they are written', () => {
    expect(changedElements('{"valueQuantity":{"value":1.10}}', '{"valueQuantity":{"value":1.1}}')).toEqual(['valueQuantity']);
    expect(changedElements('{"a":{"x":1,"y":2}}', '{"a":{"y":2,"x":1}}')).toEqual([]);
  });

  test('a label that arrived since is a change of content', () => {
    const base = { meta: { versionId: '1', security: [{ code: 'NOPAT' }] } };
    const current = { meta: { versionId: '2', security: [{ code: 'NOPAT' }, { code: 'HIV' }] } };
    expect(judge('release-result', moved('DiagnosticReport/r', base, current), 0)).toMatchObject({
      kind: 'conflict',
      elements: ['meta.security'],
    });
  });

  test('no act is moved onto another patient', () => {
    expect(judge('set-priority', moved('Task/t', { for: 'a' }, { for: 'b' }), 0)).toMatchObject({ kind: 'conflict' });
  });

  test('after three moves a person decides', () => {
    const note = moved('Task/t', { note: 'a' }, { note: 'b' });
    expect(judge('claim', note, 2)).toEqual({ kind: 'rebase' });
    expect(judge('claim', note, 3)).toMatchObject({ kind: 'conflict' });
  });
});
