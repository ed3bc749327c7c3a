import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeEffectHere } from '../../electron/features/acts/here.ts';
import { openItem } from '../../electron/features/marks/reading.ts';
import { undoEntry } from '../../electron/features/outbox/outbox.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { auditToUpload } from '../../electron/store/audit/audit.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { recoverJournal } from '../../electron/store/journal/recover-journal.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { listOutbox } from '../../electron/store/outbox/outbox-entries.ts';
import { type ActRequest, QueuedChange } from '../../shared/changes/changes.ts';
import { OpId, PatientId } from '../../shared/ids.schema.ts';
import { err, ok } from '../../shared/result.ts';
import { act, actOn, keyOf } from './every-act.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

const newOp = () => OpId.parse(randomUUID());
const waiting = () => listOutbox(desk.db, 'waiting', 50).entries;
const actions = () => auditToUpload(desk.db, 100).map(({ action }) => action);
const used = err({ kind: 'invalid-input', field: 'opId', problem: 'used' });

describe('the same op id with other content is refused (A22)', () => {
  const input = { text: 'Come in today.', finish: false, outcome: null } as const;
  let first: ActRequest<'reply'>;
  beforeEach(() => {
    first = { ...actOn(desk, 'message'), kind: 'reply', input };
    expect(act(desk, first)).toMatchObject({ ok: true });
  });

  const others: readonly (readonly [what: string, other: () => ActRequest])[] = [
    ['other words', () => ({ ...first, input: { ...input, text: 'Come in tomorrow.' } })],
    ['the same words and the end of the item', () => ({ ...first, input: { ...input, finish: true } })],
    ['another patient', () => ({ ...first, subject: { ...first.subject, patientId: PatientId.parse('p2') } })],
    ['another item', () => ({ ...first, subject: actOn(desk, 'lost').subject })],
    ['another act', () => ({ ...first, kind: 'note', input: { text: 'Come in today.' } })],
    ['an act that stays here', () => ({ ...first, kind: 'mark-unread', input: {} })],
  ];

  test.each(others)('%s', (_what, other) => {
    expect(act(desk, other())).toEqual(used);
    expect(waiting()).toMatchObject([{ opId: first.opId, change: { change: { text: 'Come in today.' } } }]);
    expect(actions()).toEqual(['reply']);
  });

  test.each(others)('%s, also after the first was taken back', (_what, other) => {
    undoEntry(desk, { opId: first.opId });
    expect(act(desk, other())).toEqual(used);
    expect(waiting()).toEqual([]);
    expect(desk.journal.entries()).toEqual([]);
  });

  test('nor is what was taken back called saved when it is asked for again', () => {
    undoEntry(desk, { opId: first.opId });
    expect(act(desk, first)).toEqual(used);
  });

  test('but the same content is the same act, whatever versions the window has read since', () => {
    expect(act(desk, { ...first, seen: {} })).toEqual(ok({ opId: first.opId, sendsAt: '2026-11-20T00:00:10.000Z' }));
    expect(waiting()).toHaveLength(1);
  });
});

test('other decisions under the op id of a decision are refused', () => {
  const decline = (medicineId: string, textForPatient: string) =>
    ({ decision: 'decline', medicineId, reason: 'salg', textForPatient }) as const;
  const decide = (words: string): ActRequest => ({
    ...asked,
    kind: 'decide-repeat',
    input: { decisions: [decline('losartan', words), decline('amoxicillin', words)], message: null },
  });
  const asked = actOn(desk, 'repeat');
  expect(act(desk, decide('Please see us first.'))).toMatchObject({ ok: true });
  expect(act(desk, decide('Please ring us first.'))).toEqual(used);
});

describe('marking unread', () => {
  const mark = (taskId: string, opId = newOp()) => act(desk, { ...actOn(desk, taskId), opId, kind: 'mark-unread', input: {} });
  const isUnread = (taskId: string) => findItemOfTask(desk.db, taskId)?.unread;
  const read = (taskId: string) => openItem(desk, { itemKey: keyOf(desk, taskId) });

  test('is audited once, journalled and done, and nothing of it waits to be sent', () => {
    read('message');
    expect(isUnread('message')).toBe(false);
    const records = desk.journal.lastNumber();
    const opId = newOp();
    expect(mark('message', opId)).toEqual(ok({ opId, sendsAt: '2026-11-20T00:00:00.000Z' }));
    expect(isUnread('message')).toBe(true);
    expect(actions()).toEqual(['open', 'mark-unread']);
    expect(auditToUpload(desk.db, 9)[1]).toMatchObject({ opId, itemKey: 'message|Communication/t1', patientId: 'p1', detail: '' });
    expect(desk.journal.wasRetired(opId)).toBe(true);
    expect(desk.journal.lastNumber()).toBe(records + 2);
    expect(desk.db.read(defineStatement('SELECT count(*) AS n FROM outbox')).get()).toEqual({ n: 0 });
  });

  test('is done once, however often it is asked for', () => {
    const opId = newOp();
    const first = mark('message', opId);
    read('message');
    practice.passSeconds(5);
    expect(mark('message', opId)).toEqual(first);
    expect(isUnread('message')).toBe(false);
    expect(actions()).toEqual(['mark-unread', 'open']);
  });

  test('is done and audited at the next start when its commit was lost, once', () => {
    read('message');
    const lost = QueuedChange.parse({
      opId: newOp(),
      subject: { of: 'item', itemKey: keyOf(desk, 'message'), taskId: 'message' },
      patientId: 'p1',
      authorId: desk.user.id,
      authorName: desk.user.name,
      authorSubject: desk.subject,
      createdAt: '2026-11-20T00:00:00.000Z',
      seen: {},
      change: { kind: 'mark-unread', v: 1 },
    });
    desk.journal.append(lost, []);
    recoverJournal(desk.db, desk.journal, takeEffectHere);
    recoverJournal(desk.db, desk.journal, takeEffectHere);
    expect(isUnread('message')).toBe(true);
    expect(actions()).toEqual(['open', 'mark-unread']);
    expect(desk.journal.entries()).toEqual([]);
  });

  test('is refused under the op id of another item’s', () => {
    const opId = newOp();
    mark('message', opId);
    read('repeat');
    expect(mark('repeat', opId)).toEqual(used);
    expect(isUnread('repeat')).toBe(false);
  });

  test('is of no row that it moves: a closed item and a colleague’s can be marked, whatever has changed', () => {
    act(practice.as('nurse'), { ...actOn(desk, 'message'), kind: 'finish', input: { outcome: null } });
    expect(mark('message')).toMatchObject({ ok: true });
    expect(findItemOfTask(desk.db, 'message')).toMatchObject({ status: 'completed', unread: false });
  });
});

describe('what is queued stands in a lane', () => {
  const laneOf = (request: ActRequest, as = desk) => {
    expect(act(as, request)).toMatchObject({ ok: true });
    return desk.db.read(defineStatement('SELECT lane FROM outbox WHERE op_id = :opId')).get({ opId: request.opId });
  };

  test('of its patient, be it on an item or on the patient', () => {
    const patientNote = { opId: newOp(), subject: { patientId: PatientId.parse('p1') }, seen: {}, kind: 'patient-note' } as const;
    expect(laneOf({ ...actOn(desk, 'message'), kind: 'claim', input: {} })).toEqual({ lane: 'p1' });
    expect(laneOf({ ...patientNote, input: { text: 'Her sister collects her scripts.' } })).toEqual({ lane: 'p1' });
  });

  test('of the practice, where there is no patient', () => {
    const policy = { opId: newOp(), subject: {}, seen: {}, kind: 'draft-policy' } as const;
    const input = { policy: { v: 1, longestHoldDays: 60 }, reason: 'A year is too long.' } as const;
    expect(laneOf({ ...policy, input }, practice.as('manager'))).toEqual({ lane: 'practice' });
    expect(laneOf({ ...actOn(desk, 'lost'), kind: 'note', input: { text: 'Who is this?' } })).toEqual({ lane: 'practice' });
  });
});

test('a note on a patient stands beside each of their items at once, and beside nobody else’s', () => {
  const request = { opId: newOp(), subject: { patientId: PatientId.parse('p1') }, seen: {} };
  act(desk, { ...request, kind: 'patient-note', input: { text: 'Her sister collects her scripts.' } });
  const notesBeside = (taskId: string) => {
    const detail = itemDetail(desk, { itemKey: keyOf(desk, taskId) });
    return detail.ok ? detail.value.patientNotes.map(({ text, opId }) => [text, opId]) : [];
  };
  for (const item of ['message', 'repeat', 'critical'])
    expect(notesBeside(item)).toEqual([['Her sister collects her scripts.', request.opId]]);
  expect(notesBeside('lost')).toEqual([]);
});
