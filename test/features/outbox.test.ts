import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findItemDraft, saveItemDraft } from '../../electron/features/marks/drafts.ts';
import { confirmRecovered, discardEntry, outboxEntries, requeueFailed, undoEntry } from '../../electron/features/outbox/outbox.ts';
import { conflictView, resolveConflict } from '../../electron/features/outbox/outbox-conflict.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { enqueueRecovered } from '../../electron/store/outbox/outbox.ts';
import { findEntry } from '../../electron/store/outbox/outbox-entries.ts';
import { markConflict, markRejected, markSending } from '../../electron/store/outbox/outbox-send.ts';
import { contract } from '../../shared/contract.ts';
import { OpId } from '../../shared/ids.schema.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import { err, ok } from '../../shared/result.ts';
import { act, actOn } from './every-act.ts';
import { mirror, openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

const itemKey = itemKeyOf('message', 'Communication/t1');
const newOp = () => OpId.parse(randomUUID());

function reply(text: string): OpId {
  const asked = actOn(desk, 'message');
  act(desk, { ...asked, kind: 'reply', input: { text, finish: true, outcome: null } });
  return asked.opId;
}

const now = () => new Date(desk.now()).toISOString();
const draft = () => findItemDraft(desk, { itemKey, kind: 'reply' });

function inConflict(opId: string): void {
  markSending(desk.db, opId, now());
  markConflict(desk.db, opId, 'Somebody else was first.', now());
}

test('undo inside the hold puts the item back, the words into the draft, and forgets the intent', () => {
  const opId = reply('Come in today.');
  practice.passSeconds(9);
  expect(undoEntry(desk, { opId })).toEqual(ok({}));
  expect(findItemOfTask(desk.db, 'message')).toMatchObject({ status: 'requested', pending: 'none' });
  expect(draft()).toMatchObject({ value: { text: 'Come in today.' } });
  expect(desk.journal.entries()).toEqual([]);
  expect(undoEntry(desk, { opId })).toEqual(ok({}));
});

test('undoing a take-over keeps from a colleague’s item what was done on it since', () => {
  act(practice.as('nurse'), { ...actOn(desk, 'message'), kind: 'claim', input: {} });
  const take = {
    ...actOn(desk, 'message'),
    kind: 'assign',
    input: { assignee: { to: 'staff', staffId: desk.user.id, name: desk.user.name } },
  } as const;
  expect(act(desk, take)).toMatchObject({ ok: true });
  const answer = { ...actOn(desk, 'message'), kind: 'reply', input: { text: 'Come in today.', finish: false, outcome: null } } as const;
  expect(act(desk, answer)).toMatchObject({ ok: true });
  expect(undoEntry(desk, { opId: take.opId })).toEqual(ok({}));
  expect(findEntry(desk.db, answer.opId)).toMatchObject({ state: 'conflict', problem: expect.stringContaining('has it again') });
});

test('undoing a claim of a free item leaves what was done on it since', () => {
  const taken = { ...actOn(desk, 'message'), kind: 'claim', input: {} } as const;
  act(desk, taken);
  const opId = reply('Come in today.');
  undoEntry(desk, { opId: taken.opId });
  expect(findEntry(desk.db, opId)).toMatchObject({ state: 'queued' });
});

test('doing mine again works though a later act of mine closed the item: that one waits for a person, so that the order stays', () => {
  const asked = actOn(desk, 'message');
  act(desk, { ...asked, kind: 'reply', input: { text: 'Come in today.', finish: false, outcome: null } });
  const done = { ...actOn(desk, 'message'), kind: 'finish', input: { outcome: null } } as const;
  act(desk, done);
  inConflict(asked.opId);
  const newOpId = newOp();
  const again = { opId: asked.opId, choice: 'do-mine-again' as const, newOpId, seen: actOn(desk, 'message').seen };
  expect(resolveConflict(desk, again)).toEqual(ok({}));
  expect(findEntry(desk.db, newOpId)).toMatchObject({ state: 'queued' });
  expect(findEntry(desk.db, done.opId)).toMatchObject({ state: 'conflict' });
});

test('a conflict is not called resolved by an operation of another act', () => {
  const other = { ...actOn(desk, 'repeat'), kind: 'claim', input: {} } as const;
  act(desk, other);
  const opId = reply('Come in today.');
  inConflict(opId);
  const { seen } = actOn(desk, 'message');
  expect(resolveConflict(desk, { opId, choice: 'do-mine-again', newOpId: other.opId, seen })).toMatchObject({ ok: false });
  expect(findEntry(desk.db, opId)).toMatchObject({ state: 'conflict' });
});

test('undo after the hold is too late and changes nothing', () => {
  const opId = reply('Come in today.');
  practice.passSeconds(10);
  expect(undoEntry(desk, { opId })).toEqual(err({ kind: 'too-late', what: 'undo' }));
  expect(findItemOfTask(desk.db, 'message')).toMatchObject({ status: 'completed', pending: 'waiting' });
  expect(desk.journal.entries()).toHaveLength(1);
});

test('a reply takes its draft with it, and what was typed since stays behind its words', () => {
  saveItemDraft(desk, { itemKey, kind: 'reply', text: 'Come in' });
  const opId = reply('Come in today.');
  expect(draft()).toEqual(ok({ text: '', savedAt: null }));
  saveItemDraft(desk, { itemKey, kind: 'reply', text: 'Also bring your card.' });
  undoEntry(desk, { opId });
  expect(draft()).toMatchObject({ value: { text: 'Come in today.\n\nAlso bring your card.' } });
});

test('undo of a release gives its comment back', () => {
  const { opId, subject, seen } = actOn(desk, 'normal');
  act(desk, { opId, subject, seen, kind: 'release-result', input: { comment: 'All good.', noComment: false, contact: null } });
  undoEntry(desk, { opId });
  expect(findItemDraft(desk, { itemKey: subject.itemKey, kind: 'release-comment' })).toMatchObject({ value: { text: 'All good.' } });
});

test('what was refused by the portal is tried again or given up, and its words are kept', () => {
  const opId = reply('Come in today.');
  markSending(desk.db, opId, now());
  markRejected(desk.db, opId, 'The portal refused.', now());
  expect(outboxEntries(desk, { which: 'needs-you', limit: 10 })).toMatchObject({
    value: { total: 1, entries: [{ opId, state: 'rejected' }] },
  });
  expect(requeueFailed(desk, { opId })).toEqual(ok({}));
  markSending(desk.db, opId, now());
  markRejected(desk.db, opId, 'The portal refused.', now());
  expect(discardEntry(desk, { opId })).toEqual(ok({}));
  expect(draft()).toMatchObject({ value: { text: 'Come in today.' } });
});

test('keeping theirs in a conflict makes our words a draft', () => {
  const opId = reply('Come in today.');
  inConflict(opId);
  const view = conflictView(desk, { opId });
  expect(view).toMatchObject({ ok: true, value: { yours: { text: 'Come in today.' }, theirs: { summary: 'Waiting' } } });
  expect(view.ok && contract['outbox.conflict'].output.parse(view.value)).toEqual(view.ok && view.value);
  expect(resolveConflict(desk, { opId, choice: 'keep-theirs', newOpId: newOp(), seen: {} })).toEqual(ok({}));
  expect(draft()).toMatchObject({ value: { text: 'Come in today.' } });
});

test('doing mine again is a new intent on what is there now', () => {
  const opId = reply('Come in today.');
  inConflict(opId);
  mirror(desk, 'Task/message', '2');
  const newOpId = newOp();
  const choice = { opId, choice: 'do-mine-again' as const, newOpId };
  expect(resolveConflict(desk, { ...choice, seen: actOn(desk, 'message').seen })).toEqual(ok({}));
  expect(findEntry(desk.db, opId)).toMatchObject({ state: 'undone' });
  expect(findEntry(desk.db, newOpId)).toMatchObject({ state: 'queued', sendsAt: '2026-11-20T00:00:10.000Z' });
  expect(desk.journal.entries()).toMatchObject([{ change: { opId: newOpId, change: { text: 'Come in today.' } } }]);
  expect(resolveConflict(desk, { ...choice, seen: {} })).toEqual(ok({}));
});

test('doing mine again on what was not looked at is stale and leaves the conflict as it was', () => {
  const opId = reply('Come in today.');
  inConflict(opId);
  const { seen } = actOn(desk, 'message');
  mirror(desk, 'Task/message', '2');
  const reply2 = resolveConflict(desk, { opId, choice: 'do-mine-again', newOpId: newOp(), seen });
  expect(reply2).toMatchObject({ ok: false, error: { kind: 'stale' } });
  expect(findEntry(desk.db, opId)).toMatchObject({ state: 'conflict' });
  expect(desk.journal.entries()).toHaveLength(1);
});

test('an act known only to the journal is sent only when a person says so', () => {
  const opId = reply('Come in today.');
  const [journalled] = desk.journal.entries();
  undoEntry(desk, { opId });
  if (!journalled) throw new Error('Nothing journalled');
  const found = { ...journalled.change, opId: newOp() };
  enqueueRecovered(desk.db, found, journalled.bases);
  expect(requeueFailed(desk, { opId: found.opId })).toMatchObject({ ok: false, error: { problem: 'recovered' } });
  expect(confirmRecovered(desk, { opId: found.opId, send: true })).toEqual(ok({}));
  expect(findEntry(desk.db, found.opId)).toMatchObject({ state: 'queued' });
});
