import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { performAct } from '../../electron/features/acts/perform.ts';
import { outboxEntries } from '../../electron/features/outbox/outbox.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { verifyAuditChain } from '../../electron/store/audit/audit.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { listOutbox } from '../../electron/store/outbox/outbox-entries.ts';
import type { InputMap } from '../../shared/changes/changes.ts';
import { contract } from '../../shared/contract.ts';
import { OpId, PatientId, StaffId } from '../../shared/ids.schema.ts';
import { err } from '../../shared/result.ts';
import { act, actOn, keyOf } from './every-act.ts';
import { mirror, openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
beforeEach(() => {
  practice = openPracticeDesk();
});
afterEach(() => practice.close());

type Asked = ReturnType<typeof actOn>;

const waiting = (desk: UseCaseContext) => listOutbox(desk.db, 'waiting', 50).entries;
const words: InputMap['reply'] = { text: 'Please ring us now.', finish: true, outcome: 'advice' };
const reply = (desk: UseCaseContext, asked: Asked, input = words) => act(desk, { ...asked, kind: 'reply', input });
const claim = (desk: UseCaseContext, asked: Asked) => act(desk, { ...asked, kind: 'claim', input: {} });
const note = (desk: UseCaseContext, asked: Asked) => act(desk, { ...asked, kind: 'note', input: { text: 'Rang her.' } });
const finish = (desk: UseCaseContext, asked: Asked, outcome: InputMap['finish']['outcome']) =>
  act(desk, { ...asked, kind: 'finish', input: { outcome } });
const assign = (desk: UseCaseContext, asked: Asked, assignee: InputMap['assign']['assignee']) =>
  act(desk, { ...asked, kind: 'assign', input: { assignee } });

test('a reply is queued with its hold, leaves the queue, and is in the outbox, the journal and the audit', async () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  expect(await performAct(desk, { ...asked, kind: 'reply', input: words })).toEqual({
    ok: true,
    value: { opId: asked.opId, sendsAt: '2026-11-20T00:00:10.000Z' },
  });
  expect(findItemOfTask(desk.db, 'message')).toMatchObject({ status: 'completed', pending: 'waiting' });
  expect(outboxEntries(desk, { which: 'waiting', limit: 50 })).toMatchObject({
    value: { entries: [{ opId: asked.opId, kind: 'reply', state: 'queued', summary: 'Reply: Please ring us now.' }] },
  });
  expect(desk.journal.entries()).toMatchObject([
    { change: { opId: asked.opId, change: { kind: 'reply', inResponseTo: 'm1', threadId: 't1' } } },
  ]);
  expect(verifyAuditChain(desk.db)).toEqual({ rows: 1, brokenAt: null });
  expect(practice.announced).toContain('outbox');
});

test('the same act again answers the same and changes nothing', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  const first = reply(desk, asked);
  practice.passSeconds(300);
  expect(reply(desk, asked)).toEqual(first);
  expect(waiting(desk)).toHaveLength(1);
  expect(desk.journal.entries()).toHaveLength(1);
});

test('an op id that another act has used is refused', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  claim(desk, asked);
  expect(act(desk, { ...asked, kind: 'release-claim', input: {} })).toMatchObject({
    ok: false,
    error: { kind: 'invalid-input', field: 'opId' },
  });
});

test('an act for another patient is refused and nothing is queued', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  const subject = { ...asked.subject, patientId: PatientId.parse('p2') };
  expect(reply(desk, { ...asked, subject })).toEqual(err({ kind: 'wrong-patient' }));
  expect(waiting(desk)).toEqual([]);
});

test.each(['Task/message', 'Patient/p1', 'AllergyIntolerance/a1', 'Communication/t1', 'Communication/m1'])(
  'a reply is stale when %s changed since it was seen',
  (ref) => {
    const { desk } = practice;
    const asked = actOn(desk, 'message');
    mirror(desk, ref, '2');
    expect(reply(desk, asked)).toMatchObject({
      ok: false,
      error: { kind: 'stale', changedAt: '2026-11-19T22:00:00.000Z' },
    });
    expect(waiting(desk)).toEqual([]);
    expect(findItemOfTask(desk.db, 'message')).toMatchObject({ status: 'requested', pending: 'none' });
  },
);

test('a reply that leaves out something it was shown is stale', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  const { 'Communication/m1': _, ...partly } = asked.seen;
  expect(reply(desk, { ...asked, seen: partly })).toMatchObject({ ok: false, error: { kind: 'stale' } });
});

test('a claim needs only the row to stand, and of two the first wins', () => {
  const { desk } = practice;
  const shown = actOn(desk, 'message');
  const asked = { ...shown, seen: { 'Task/message': shown.seen['Task/message'] ?? '' } };
  mirror(desk, 'Patient/p1', '2');
  expect(claim(desk, asked)).toMatchObject({ ok: true });
  const second = claim(practice.as('nurse'), { ...asked, opId: OpId.parse(randomUUID()) });
  expect(second).toEqual(err({ kind: 'taken', by: 'Dr Rangi Parata', since: null }));
});

test('an act on top of an own waiting act is accepted', () => {
  const { desk } = practice;
  claim(desk, actOn(desk, 'message'));
  expect(reply(desk, actOn(desk, 'message'))).toMatchObject({ ok: true });
  expect(waiting(desk).map(({ change }) => change.change.kind)).toEqual(['claim', 'reply']);
});

test('nothing but a note is done to a closed item', () => {
  const { desk } = practice;
  finish(desk, actOn(desk, 'message'), 'advice');
  expect(claim(desk, actOn(desk, 'message'))).toEqual(err({ kind: 'refused', reason: 'item-closed', detail: null }));
  expect(note(desk, actOn(desk, 'message'))).toMatchObject({ ok: true });
});

test('a note holds although the thread moved on', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  mirror(desk, 'Task/message', '7');
  expect(note(desk, asked)).toMatchObject({ ok: true, value: { sendsAt: '2026-11-20T00:00:00.000Z' } });
});

test('a blank reply, and a reply to nobody known, are refused', () => {
  const { desk } = practice;
  expect(reply(desk, actOn(desk, 'message'), { ...words, text: '  \n ' })).toMatchObject({ error: { reason: 'empty-text' } });
  expect(reply(desk, actOn(desk, 'lost'))).toMatchObject({ error: { reason: 'sender-not-matched' } });
});

test('work goes only to people who are here, under their own name', () => {
  const { desk } = practice;
  const to = (id: string) => ({ to: 'staff' as const, staffId: StaffId.parse(id), name: 'Dr Evil' });
  expect(assign(desk, actOn(desk, 'message'), to('role-nobody'))).toEqual(err({ kind: 'not-found' }));
  assign(desk, actOn(desk, 'message'), to('role-nurse'));
  expect(findItemOfTask(desk.db, 'message')).toMatchObject({ ownerName: 'The nurse' });
});

test('reception may finish a message, not a prescription or a result', () => {
  const desk = practice.as('reception');
  expect(finish(desk, actOn(desk, 'message'), 'admin')).toMatchObject({ ok: true });
  expect(finish(desk, actOn(desk, 'repeat'), null)).toEqual(err({ kind: 'not-allowed', needs: 'approve-repeat' }));
  expect(finish(desk, actOn(desk, 'normal'), null)).toEqual(err({ kind: 'not-allowed', needs: 'release-result' }));
});

test.each(['message', 'repeat', 'normal', 'critical'])('the detail of %s has the shape of the contract', (id) => {
  const { desk } = practice;
  note(desk, actOn(desk, id));
  if (id === 'message') reply(desk, actOn(desk, id));
  const detail = itemDetail(desk, { itemKey: keyOf(desk, id) });
  expect(detail.ok && contract['items.detail'].output.parse(detail.value)).toEqual(detail.ok && detail.value);
  expect(detail).toMatchObject({ ok: true, value: { notes: [{ text: 'Rang her.', by: 'Dr Rangi Parata' }] } });
});

test('the detail of a message shows its red flags and our reply as not yet confirmed', () => {
  const { desk } = practice;
  const asked = actOn(desk, 'message');
  reply(desk, asked);
  expect(itemDetail(desk, { itemKey: asked.subject.itemKey })).toMatchObject({
    ok: true,
    value: {
      kind: 'message',
      thread: {
        redFlags: [{ phrase: 'Chest pain', messageId: 'm1' }],
        messages: [
          { id: 'm1', opId: null },
          { opId: asked.opId, text: 'Please ring us now.' },
        ],
      },
      pending: [{ opId: asked.opId }],
    },
  });
});
