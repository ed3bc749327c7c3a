import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assignItem, claimItem, finishItem, releaseClaim } from '../../electron/features/acts/items.ts';
import { replyToThread } from '../../electron/features/acts/messages.ts';
import { addNote } from '../../electron/features/acts/notes.ts';
import type { Desk } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { verifyAuditChain } from '../../electron/store/audit/audit.ts';
import { findWorkItem } from '../../electron/store/lists/work-item.ts';
import { listOutbox } from '../../electron/store/outbox/outbox.ts';
import { contract } from '../../shared/contract.ts';
import { ItemId, OpId, PatientId, StaffId } from '../../shared/ids.ts';
import { err } from '../../shared/result.ts';
import { mirror, openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
beforeEach(() => {
  practice = openPracticeDesk();
});
afterEach(() => practice.close());

function actOn(desk: Desk, item: string) {
  const itemId = ItemId.parse(item);
  const detail = itemDetail(desk, { itemId });
  if (!detail.ok) throw new Error(detail.error.kind);
  return { opId: OpId.parse(randomUUID()), itemId, patientId: detail.value.item.patientId, seen: detail.value.seen };
}

const waiting = (desk: Desk) => listOutbox(desk.db, 'waiting', 50).entries;
const reply = { text: 'Please ring us now.', finish: true, outcome: 'advice' as const };

test('a reply is queued with its hold, leaves the queue, and is in the outbox, the journal and the audit', () => {
  const { desk } = practice;
  const act = actOn(desk, 'message');
  const queued = replyToThread(desk, { ...act, ...reply });
  expect(queued).toEqual({ ok: true, value: { opId: act.opId, sendsAt: '2026-11-20T00:00:10.000Z' } });
  expect(findWorkItem(desk.db, 'message')).toMatchObject({ status: 'completed', pending: 'waiting' });
  expect(waiting(desk)).toMatchObject([{ opId: act.opId, kind: 'reply', state: 'queued', summary: 'Reply: Please ring us now.' }]);
  expect(desk.journal.entries()).toMatchObject([{ opId: act.opId, change: { kind: 'reply', inResponseTo: 'm1', threadId: 't1' } }]);
  expect(verifyAuditChain(desk.db)).toEqual({ rows: 1, brokenAt: null });
  expect(practice.announced).toContain('outbox');
});

test('the same act again answers the same and changes nothing', () => {
  const { desk } = practice;
  const act = { ...actOn(desk, 'message'), ...reply };
  const first = replyToThread(desk, act);
  practice.passSeconds(300);
  expect(replyToThread(desk, act)).toEqual(first);
  expect(waiting(desk)).toHaveLength(1);
  expect(desk.journal.entries()).toHaveLength(1);
});

test('an op id that another act has used is refused', () => {
  const { desk } = practice;
  const act = actOn(desk, 'message');
  claimItem(desk, act);
  expect(releaseClaim(desk, act)).toMatchObject({ ok: false, error: { kind: 'invalid-input', field: 'opId' } });
});

test('an act for another patient is refused and nothing is queued', () => {
  const { desk } = practice;
  const act = { ...actOn(desk, 'message'), patientId: PatientId.parse('p2') };
  expect(replyToThread(desk, { ...act, ...reply })).toEqual(err({ kind: 'wrong-patient' }));
  expect(waiting(desk)).toEqual([]);
});

test.each(['Task/message', 'Patient/p1', 'Communication/t1', 'Communication/m1'])(
  'a reply is stale when %s changed since it was seen',
  (ref) => {
    const { desk } = practice;
    const act = actOn(desk, 'message');
    mirror(desk, ref, '2');
    expect(replyToThread(desk, { ...act, ...reply })).toMatchObject({
      ok: false,
      error: { kind: 'stale', changedAt: '2026-11-19T22:00:00.000Z' },
    });
    expect(waiting(desk)).toEqual([]);
    expect(findWorkItem(desk.db, 'message')).toMatchObject({ status: 'requested', pending: 'none' });
  },
);

test('a reply that leaves out something it was shown is stale', () => {
  const { desk } = practice;
  const { seen, ...act } = actOn(desk, 'message');
  const { 'Communication/m1': _, ...partly } = seen;
  expect(replyToThread(desk, { ...act, seen: partly, ...reply })).toMatchObject({ ok: false, error: { kind: 'stale' } });
});

test('a claim needs only the row to stand, and of two the first wins', () => {
  const { desk } = practice;
  const { seen, ...act } = actOn(desk, 'message');
  const row = { 'Task/message': seen['Task/message'] ?? '' };
  mirror(desk, 'Patient/p1', '2');
  expect(claimItem(desk, { ...act, seen: row })).toMatchObject({ ok: true });
  const second = claimItem(practice.as('nurse'), { ...act, opId: OpId.parse(randomUUID()), seen: row });
  expect(second).toEqual(err({ kind: 'taken', by: 'Dr Rangi Parata', since: null }));
});

test('an act on top of an own waiting act is accepted', () => {
  const { desk } = practice;
  claimItem(desk, actOn(desk, 'message'));
  expect(replyToThread(desk, { ...actOn(desk, 'message'), ...reply })).toMatchObject({ ok: true });
  expect(waiting(desk).map(({ kind }) => kind)).toEqual(['claim', 'reply']);
});

test('nothing but a note is done to a closed item', () => {
  const { desk } = practice;
  finishItem(desk, { ...actOn(desk, 'message'), outcome: 'advice' });
  expect(claimItem(desk, actOn(desk, 'message'))).toEqual(err({ kind: 'refused', reason: 'item-closed', detail: null }));
  expect(addNote(desk, { ...actOn(desk, 'message'), text: 'Rang her.' })).toMatchObject({ ok: true });
});

test('a note holds although the thread moved on', () => {
  const { desk } = practice;
  const act = actOn(desk, 'message');
  mirror(desk, 'Task/message', '7');
  expect(addNote(desk, { ...act, text: 'Rang her.' })).toMatchObject({ ok: true, value: { sendsAt: '2026-11-20T00:00:00.000Z' } });
});

test('a blank reply, and a reply to nobody known, are refused', () => {
  const { desk } = practice;
  expect(replyToThread(desk, { ...actOn(desk, 'message'), ...reply, text: '  \n ' })).toMatchObject({ error: { reason: 'empty-text' } });
  expect(replyToThread(desk, { ...actOn(desk, 'lost'), ...reply })).toMatchObject({ error: { reason: 'sender-not-matched' } });
});

test('work goes only to people who are here, under their own name', () => {
  const { desk } = practice;
  const to = (id: string) => ({ to: 'staff' as const, staffId: StaffId.parse(id), name: 'Dr Evil' });
  expect(assignItem(desk, { ...actOn(desk, 'message'), assignee: to('role-nobody') })).toEqual(err({ kind: 'not-found' }));
  assignItem(desk, { ...actOn(desk, 'message'), assignee: to('role-nurse') });
  expect(findWorkItem(desk.db, 'message')).toMatchObject({ ownerName: 'The nurse' });
});

test('reception may finish a message, not a prescription or a result', () => {
  const desk = practice.as('reception');
  expect(finishItem(desk, { ...actOn(desk, 'message'), outcome: 'admin' })).toMatchObject({ ok: true });
  expect(finishItem(desk, { ...actOn(desk, 'repeat'), outcome: null })).toEqual(err({ kind: 'not-allowed', needs: 'approve-repeat' }));
  expect(finishItem(desk, { ...actOn(desk, 'normal'), outcome: null })).toEqual(err({ kind: 'not-allowed', needs: 'release-result' }));
});

test.each(['message', 'repeat', 'normal', 'critical'])('the detail of %s has the shape of the contract', (id) => {
  const { desk } = practice;
  addNote(desk, { ...actOn(desk, id), text: 'Seen.' });
  if (id === 'message') replyToThread(desk, { ...actOn(desk, id), ...reply });
  const detail = itemDetail(desk, { itemId: ItemId.parse(id) });
  expect(detail.ok && contract['items.detail'].output.parse(detail.value)).toEqual(detail.ok && detail.value);
  expect(detail).toMatchObject({ ok: true, value: { notes: [{ text: 'Seen.', by: 'Dr Rangi Parata' }] } });
});

test('the detail of a message shows its red flags and our reply as not yet confirmed', () => {
  const { desk } = practice;
  const act = { ...actOn(desk, 'message'), ...reply };
  replyToThread(desk, act);
  expect(itemDetail(desk, { itemId: act.itemId })).toMatchObject({
    ok: true,
    value: {
      kind: 'message',
      thread: {
        redFlags: [{ phrase: 'Chest pain', messageId: 'm1' }],
        messages: [
          { id: 'm1', opId: null },
          { opId: act.opId, text: 'Please ring us now.' },
        ],
      },
      pending: [{ opId: act.opId }],
    },
  });
});
