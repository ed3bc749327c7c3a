import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../electron/store/db.ts';
import { discard, enqueue, requeueFailed } from '../../electron/store/outbox/outbox.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { markNeedsSignIn, markSending, markUnknown, nextToSend, requeueAfterSignIn } from '../../electron/store/outbox/outbox-send.ts';
import { aChange, aReply, claim, openTestStore } from './open-test-store.ts';

const start = Date.UTC(2026, 10, 20, 2, 0, 0);
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const mayGo = (db: WriteDb, seconds: number) => nextToSend(db, { now: at(seconds), subject: 'user-1' })?.change.opId;

function queued(db: WriteDb, hold = 0) {
  const change = aChange(hold > 0 ? aReply('Kia ora', true) : claim);
  enqueue(db, change, { sendsAt: at(hold), requestHash: 'h' });
  return change.opId;
}

describe('what may have taken effect', () => {
  test('can not be given up while its author is signed out, as it would be done again', () => {
    const { db } = openTestStore();
    const opId = queued(db);
    markSending(db, opId, at(0));
    markUnknown(db, opId, { notBefore: at(30), problem: null }, at(1));
    markSending(db, opId, at(30));
    markNeedsSignIn(db, opId, at(31));
    expect(discard(db, opId, at(32))).toBe(false);
    expect(requeueAfterSignIn(db, 'user-1', at(33))).toBe(1);
    expect(findChange(db, opId)?.state).toBe('unknown');
  });

  test('and what certainly has not can be given up, or goes on as if never sent', () => {
    const { db } = openTestStore();
    const [first, second] = [queued(db), queued(db)];
    for (const opId of [first, second]) {
      markSending(db, opId, at(0));
      markNeedsSignIn(db, opId, at(1), { neverArrived: true });
    }
    expect(discard(db, first, at(2))).toBe(true);
    expect(requeueAfterSignIn(db, 'user-1', at(3))).toBe(1);
    expect(findChange(db, second)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  test('is not sent again at a press while the lost request may still be at work', () => {
    const { db } = openTestStore();
    const opId = queued(db);
    markSending(db, opId, at(0));
    markUnknown(db, opId, { notBefore: at(20), problem: null }, at(1));
    expect(requeueFailed(db, opId, at(2))).toBe(true);
    expect(mayGo(db, 19)).toBeUndefined();
    expect(mayGo(db, 20)).toBe(opId);
    markSending(db, opId, at(20));
    markUnknown(db, opId, { notBefore: at(400), problem: null }, at(21));
    expect(requeueFailed(db, opId, at(22))).toBe(true);
    expect(mayGo(db, 51)).toBeUndefined();
    expect(mayGo(db, 52)).toBe(opId);
  });
});

describe('a clock that is set back', () => {
  const back = -30 * 86_400;

  test('does not hold a change for longer than a hold can last', () => {
    const { db } = openTestStore();
    const opId = queued(db, 10);
    expect(mayGo(db, 5)).toBeUndefined();
    expect(mayGo(db, back)).toBe(opId);
  });

  test('does not keep a change waiting for longer than a wait can last', () => {
    const { db } = openTestStore();
    const opId = queued(db);
    markSending(db, opId, at(0));
    markUnknown(db, opId, { notBefore: at(300), problem: null }, at(1));
    expect(mayGo(db, 2)).toBeUndefined();
    expect(mayGo(db, back)).toBe(opId);
  });
});
