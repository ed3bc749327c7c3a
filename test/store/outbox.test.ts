import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditToUpload, verifyAuditChain } from '../../electron/store/audit/audit.ts';
import type { WriteDb } from '../../electron/store/db.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { findResource, saveResource } from '../../electron/store/mirror/mirror.ts';
import { discard, enqueue, requeueFailed, undo } from '../../electron/store/outbox/outbox.ts';
import { findEntry, listOutbox, outboxCounts } from '../../electron/store/outbox/outbox-entries.ts';
import { findChange, openChangesOf } from '../../electron/store/outbox/outbox-rows.ts';
import {
  advanceSeen,
  baseBodies,
  markConflict,
  markDone,
  markInterrupted,
  markNeedsSignIn,
  markRejected,
  markRetry,
  markSending,
  markUnknown,
  nextSendAt,
  nextToSend,
  requeueAfterSignIn,
} from '../../electron/store/outbox/outbox-send.ts';
import type { QueuedChange } from '../../shared/changes/changes.ts';
import { itemOf } from '../../shared/changes/changes.ts';
import { aChange, anItem, aReply, claim, openTestStore } from './open-test-store.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 2, 0, seconds)).toISOString();

function queue(db: WriteDb, change: QueuedChange, sendsAt = change.createdAt): QueuedChange {
  enqueue(db, change, { sendsAt, requestHash: change.change.kind });
  return change;
}

const mayGo = (db: WriteDb, seconds: number, subject = 'user-1') => nextToSend(db, { now: at(seconds), subject })?.change.opId;

describe('sending', () => {
  test('a change waits for the end of its hold, and can be taken back until then and not after', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const first = queue(db, aChange(aReply('Kia ora', true)), at(10));
    expect(nextSendAt(db, 'user-1')).toBe(at(10));
    expect(mayGo(db, 9)).toBeUndefined();
    expect(findItemOfTask(db, 't1')?.status).toBe('completed');
    expect(undo(db, first.opId, at(9))).toBe('undone');
    expect(findItemOfTask(db, 't1')).toMatchObject({ status: 'requested', pending: 'none' });
    const second = queue(db, aChange(aReply('Kia ora', true)), at(10));
    expect(undo(db, second.opId, at(10))).toBe('too-late');
    expect(mayGo(db, 10)).toBe(second.opId);
  });

  test('a change that was ever sent can no longer be taken back, even when it waits again', () => {
    const { db } = openTestStore();
    const change = queue(db, aChange(aReply('Kia ora')), at(60));
    markSending(db, change.opId, at(1));
    expect(undo(db, change.opId, at(2))).toBe('too-late');
    markRetry(db, change.opId, { notBefore: at(30), problem: 'busy' }, at(2));
    expect(undo(db, change.opId, at(3))).toBe('too-late');
  });

  test('changes of one item go in order; a failed one holds back those after it, not those of other items', () => {
    const { db } = openTestStore();
    const first = queue(db, aChange(claim));
    const second = queue(db, aChange({ kind: 'note', v: 1, noteId: 'n1', text: 'x' }));
    const other = queue(db, aChange(claim, { taskId: 't2' }));
    expect(mayGo(db, 0)).toBe(first.opId);
    markSending(db, first.opId, at(0));
    markConflict(db, first.opId, 'Changed by somebody else', at(1));
    expect(mayGo(db, 1)).toBe(other.opId);
    markSending(db, other.opId, at(1));
    markDone(db, other.opId, at(1));
    expect(mayGo(db, 1)).toBeUndefined();
    expect(nextSendAt(db, 'user-1')).toBeNull();
    expect(discard(db, first.opId, at(2))).toBe(true);
    expect(mayGo(db, 2)).toBe(second.opId);
    expect(nextSendAt(db, 'user-1')).toBe(second.createdAt);
  });

  test('what is done for one patient arrives in that order, on whichever item; another patient waits for nobody', () => {
    const { db } = openTestStore();
    const first = queue(db, aChange(claim));
    const sameLane = queue(db, aChange(claim, { taskId: 't2' }));
    const another = queue(db, aChange(claim, { taskId: 't3', patientId: 'p2' }));
    markSending(db, first.opId, at(0));
    expect(mayGo(db, 0)).toBe(another.opId);
    markSending(db, another.opId, at(0));
    expect(mayGo(db, 0)).toBeUndefined();
    markDone(db, first.opId, at(1));
    expect(mayGo(db, 1)).toBe(sameLane.opId);
  });

  test('a note on a patient that failed holds up no other note on them', () => {
    const { db } = openTestStore();
    const noteOn = (text: string) =>
      queue(db, { ...aChange({ kind: 'patient-note', v: 1, noteId: randomUUID(), text }), subject: { of: 'patient' } });
    const first = noteOn('Hard of hearing.');
    const second = noteOn('Ring her daughter.');
    expect(mayGo(db, 0)).toBe(first.opId);
    markSending(db, first.opId, at(0));
    expect(mayGo(db, 0)).toBeUndefined();
    markRejected(db, first.opId, 'The portal refused it', at(1));
    expect(mayGo(db, 1)).toBe(second.opId);
  });

  test('nothing goes out under another sign-in, and what was parked goes on when its author is back', () => {
    const { db } = openTestStore();
    const change = queue(db, aChange(claim));
    expect(mayGo(db, 0, 'user-2')).toBeUndefined();
    markSending(db, change.opId, at(0));
    markNeedsSignIn(db, change.opId, at(1));
    expect(mayGo(db, 2)).toBeUndefined();
    expect(requeueAfterSignIn(db, 'user-2', at(2))).toBe(0);
    expect(requeueAfterSignIn(db, 'user-1', at(2))).toBe(1);
    expect(findChange(db, change.opId)?.state).toBe('unknown');
    expect(mayGo(db, 2)).toBe(change.opId);
  });

  test('what was going out when the process ended is unknown, not queued: it is asked about before it is sent', () => {
    const { db } = openTestStore();
    const change = queue(db, aChange(claim));
    markSending(db, change.opId, at(0));
    expect(mayGo(db, 1)).toBeUndefined();
    expect(markInterrupted(db)).toBe(1);
    expect(findChange(db, change.opId)?.state).toBe('unknown');
    markSending(db, change.opId, at(2));
    markUnknown(db, change.opId, { notBefore: at(20), problem: null }, at(3));
    expect(mayGo(db, 19)).toBeUndefined();
    expect(mayGo(db, 20)).toBe(change.opId);
  });

  test('a step that the state does not allow throws and changes nothing', () => {
    const { db } = openTestStore();
    const change = queue(db, aChange(claim));
    markSending(db, change.opId, at(0));
    markDone(db, change.opId, at(1));
    expect(() => markSending(db, change.opId, at(2))).toThrow('done cannot become sending');
    expect(() => markRejected(db, change.opId, 'no', at(2))).toThrow();
    expect(requeueFailed(db, change.opId, at(2))).toBe(false);
    expect(discard(db, change.opId, at(2))).toBe(false);
    expect(findChange(db, change.opId)?.state).toBe('done');
  });
});

describe('lists of the outbox', () => {
  test('each change stands in exactly one, with the patient of its item', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const done = queue(db, aChange(claim));
    markSending(db, done.opId, at(0));
    markDone(db, done.opId, at(1));
    const rejected = queue(db, aChange(aReply('a')));
    markRejected(db, rejected.opId, 'The portal refused it', at(1));
    const waiting = queue(db, aChange(aReply('b')));
    const ids = (which: 'waiting' | 'needs-you' | 'sent') => listOutbox(db, which, 50).entries.map(({ opId }) => opId);
    expect([ids('waiting'), ids('needs-you'), ids('sent')]).toEqual([[waiting.opId], [rejected.opId], [done.opId]]);
    expect(outboxCounts(db)).toEqual({ waiting: 1, needsAttention: 1 });
    expect(listOutbox(db, 'waiting', 1).total).toBe(1);
    expect(findEntry(db, rejected.opId)).toMatchObject({
      familyName: 'Ngata',
      nhi: 'ZAA0067',
      problem: 'The portal refused it',
      recovered: false,
    });
    expect(requeueFailed(db, rejected.opId, at(2))).toBe(true);
    expect(ids('waiting')).toEqual([rejected.opId, waiting.opId]);
  });

  test('the same operation id is never queued twice', () => {
    const { db } = openTestStore();
    const change = queue(db, aChange(claim));
    expect(() => queue(db, change)).toThrow('UNIQUE');
    expect(outboxCounts(db).waiting).toBe(1);
  });
});

describe('what was seen', () => {
  const version = (versionId: string) => ({ type: 'Task', id: 't1', versionId, lastUpdated: at(0), body: `{"v":${versionId}}` });

  test('the bodies that the author saw are kept, whatever arrives later', () => {
    const { db } = openTestStore();
    saveResource(db, version('3'));
    const change = queue(db, aChange(claim, { seen: { 'Task/t1': '3', 'Patient/unknown': '1' } }));
    saveResource(db, version('4'));
    expect([...baseBodies(db, change.opId)]).toEqual([['Task/t1', { versionId: '3', body: '{"v":3}' }]]);
    expect(findResource(db, 'Task', 't1')?.versionId).toBe('4');
  });

  test('our own confirmed version carries later changes of ours along, and only those decided on its parent', () => {
    const { db } = openTestStore();
    saveResource(db, version('3'));
    const first = queue(db, aChange(claim, { seen: { 'Task/t1': '3' } }));
    const second = queue(db, aChange({ kind: 'finish', v: 1, outcome: null }, { seen: { 'Task/t1': '3' } }));
    saveResource(db, version('2'));
    const older = queue(db, aChange({ kind: 'finish', v: 1, outcome: null }, { seen: { 'Task/t1': '2' } }));
    markSending(db, first.opId, at(0));
    markDone(db, first.opId, at(1));
    expect(advanceSeen(db, 'Task/t1', '3', { versionId: '4', body: '{"v":4}' })).toBe(1);
    expect(findChange(db, second.opId)?.change.seen).toEqual({ 'Task/t1': '4' });
    expect(baseBodies(db, second.opId).get('Task/t1')).toEqual({ versionId: '4', body: '{"v":4}' });
    expect(findChange(db, older.opId)?.change.seen).toEqual({ 'Task/t1': '2' });
  });
});

type Step = (db: WriteDb, opId: string, now: string) => void;
const attempt =
  (step: Step): Step =>
  (db, opId, now) => {
    try {
      step(db, opId, now);
    } catch {
      // Not allowed in this state: the law is that then nothing changed.
    }
  };

const anySteps: readonly Step[] = [
  markSending,
  markDone,
  (db, opId, now) => markUnknown(db, opId, { notBefore: null, problem: null }, now),
  (db, opId, now) => markRetry(db, opId, { notBefore: null, problem: 'busy' }, now),
  (db, opId, now) => markConflict(db, opId, 'changed', now),
  (db, opId, now) => markRejected(db, opId, 'no', now),
  markNeedsSignIn,
  (db, _opId, now) => requeueAfterSignIn(db, 'user-1', now),
  (db, opId, now) => undo(db, opId, now),
  discard,
  requeueFailed,
  markInterrupted,
];
const steps = anySteps.map(attempt);

test('law: whatever happens in whatever order, nothing leaves the outbox without a word in the audit, every open change is in a list, and order per item holds', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ what: fc.nat(steps.length), on: fc.nat(5), item: fc.nat(1) }), { maxLength: 40 }), (script) => {
      const { db, close } = openTestStore();
      saveWorkItem(db, anItem());
      const queued: QueuedChange[] = [];
      const over = new Set<string>();
      for (const [second, { what, on, item }] of script.entries()) {
        const target = queued[on];
        const step = steps[what - 1];
        if (step === undefined || target === undefined)
          queued.push(queue(db, aChange(claim, { taskId: `t${item + 1}` }), at(second + (on % 3))));
        else step(db, target.opId, at(second));

        for (const { opId } of queued) {
          const state = findChange(db, opId)?.state;
          if (over.has(opId)) expect(['done', 'undone']).toContain(state);
          if (state === 'done' || state === 'undone') over.add(opId);
        }
        const { waiting, needsAttention } = outboxCounts(db);
        expect(waiting + needsAttention).toBe(queued.length - over.size);
        const next = nextToSend(db, { now: at(second), subject: 'user-1' });
        if (next) expect(openChangesOf(db, itemOf(next.change)?.taskId ?? '')[0]?.change.opId).toBe(next.change.opId);
      }
      const audited = auditToUpload(db, 1000).map(({ opId }) => opId);
      for (const opId of over) expect(audited.some((id) => id.startsWith(`${opId}:done:`) || id.startsWith(`${opId}:undone:`))).toBe(true);
      expect(verifyAuditChain(db).brokenAt).toBeNull();
      close();
    }),
    { numRuns: 60 },
  );
});
