import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Journal } from '../../electron/store/journal/journal.ts';
import { appendIntent, recoverJournal } from '../../electron/store/journal/recover-journal.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { enqueue, requeueFailed, undo } from '../../electron/store/outbox/outbox.ts';
import { findEntry, listOutbox } from '../../electron/store/outbox/outbox-entries.ts';
import { markDone, markSending, nextToSend } from '../../electron/store/outbox/outbox-send.ts';
import type { QueuedChange } from '../../shared/changes/changes.ts';
import { open, opIds } from './open-test-journal.ts';
import { aChange, anItem, aReply, claim, openTestStore, temporaryFolder } from './open-test-store.ts';

describe('the comparison at start', () => {
  const act = (store: ReturnType<typeof openTestStore>, journal: Journal, change: QueuedChange) =>
    store.db.transaction(() => {
      enqueue(store.db, change, { sendsAt: change.createdAt, requestHash: 'h' });
      appendIntent(store.db, journal, change);
    });

  test('an act that only the journal knows waits for a person, without effect and without being sent', () => {
    const store = openTestStore();
    saveWorkItem(store.db, anItem());
    const journal = open(join(temporaryFolder(), 'intents.journal'));
    const lost = aChange(aReply('Kia ora Mere', true));
    journal.append(lost, []);
    expect(recoverJournal(store.db, journal, () => undefined)).toEqual({ recovered: 1, rejournalled: 0, revived: 0, isRolledBack: false });
    expect(findEntry(store.db, lost.opId)).toMatchObject({ recovered: true, state: 'rejected' });
    expect(listOutbox(store.db, 'needs-you', 9).entries[0]?.problem).toBe('Recovered after a fault. Please confirm.');
    expect(findItemOfTask(store.db, 't1')?.status).toBe('requested');
    expect(nextToSend(store.db, { now: '2027-01-01T00:00:00.000Z', subject: 'user-1' })).toBeUndefined();
    expect(recoverJournal(store.db, journal, () => undefined)).toEqual({ recovered: 0, rejournalled: 0, revived: 0, isRolledBack: false });
    requeueFailed(store.db, lost.opId, '2026-11-21T00:00:00.000Z');
    expect(nextToSend(store.db, { now: '2027-01-01T00:00:00.000Z', subject: 'user-1' })?.change).toEqual(lost);
  });

  test('an act that only the database knows is put into the journal again; a confirmed one is retired', () => {
    const store = openTestStore();
    const journal = open(join(temporaryFolder(), 'intents.journal'));
    const confirmed = aChange(claim);
    act(store, journal, confirmed);
    markSending(store.db, confirmed.opId, confirmed.createdAt);
    markDone(store.db, confirmed.opId, confirmed.createdAt);
    const waiting = aChange(claim);
    enqueue(store.db, waiting, { sendsAt: waiting.createdAt, requestHash: 'h' });
    expect(recoverJournal(store.db, journal, () => undefined)).toEqual({ recovered: 0, rejournalled: 1, revived: 0, isRolledBack: false });
    expect(opIds(journal)).toEqual([waiting.opId]);
  });

  test('an older journal in the place of the new one is noticed, and the acts are written to it again', () => {
    const store = openTestStore();
    const path = join(temporaryFolder(), 'intents.journal');
    let journal = open(path);
    act(store, journal, aChange(claim, { taskId: 'a' }));
    copyFileSync(path, `${path}.old`);
    const later = aChange(claim, { taskId: 'b' });
    act(store, journal, later);
    journal.close();
    copyFileSync(`${path}.old`, path);
    journal = open(path);
    expect(recoverJournal(store.db, journal, () => undefined)).toMatchObject({ isRolledBack: true, rejournalled: 1 });
    expect(opIds(journal)).toContain(later.opId);
    expect(recoverJournal(store.db, journal, () => undefined).isRolledBack).toBe(false);
  });

  test('an older database in the place of the new one gives back its acts to confirm', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'cache.db');
    const journal = open(join(folder, 'intents.journal'));
    const store = openTestStore({ path });
    act(store, journal, aChange(claim, { taskId: 'a' }));
    store.close();
    copyFileSync(path, `${path}.old`);
    const again = openTestStore({ path });
    const later = aChange(aReply('later'), { taskId: 'b' });
    act(again, journal, later);
    again.close();
    copyFileSync(`${path}.old`, path);
    const rolledBack = openTestStore({ path });
    expect(recoverJournal(rolledBack.db, journal, () => undefined)).toMatchObject({ recovered: 1 });
    expect(findEntry(rolledBack.db, later.opId)?.recovered).toBe(true);
  });

  test('an older database does not send again what was taken back or done since: a person is asked', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'cache.db');
    const journal = open(join(folder, 'intents.journal'));
    const store = openTestStore({ path });
    const change = aChange(aReply('I changed my mind'));
    store.db.transaction(() => {
      enqueue(store.db, change, { sendsAt: '2026-11-20T02:00:10.000Z', requestHash: 'h' });
      appendIntent(store.db, journal, change);
    });
    store.close();
    copyFileSync(path, `${path}.old`);
    const again = openTestStore({ path });
    expect(undo(again.db, change.opId, '2026-11-20T02:00:05.000Z')).toBe('undone');
    journal.retire(change.opId);
    again.close();
    copyFileSync(`${path}.old`, path);
    const rolledBack = openTestStore({ path });
    expect(recoverJournal(rolledBack.db, journal, () => undefined)).toMatchObject({ revived: 1, rejournalled: 1 });
    expect(nextToSend(rolledBack.db, { now: '2027-01-01T00:00:00.000Z', subject: 'user-1' })).toBeUndefined();
    expect(findEntry(rolledBack.db, change.opId)).toMatchObject({ state: 'rejected', recovered: true });
  });

  test('an act whose transaction fails after the journal record is not in the outbox; it comes back to be confirmed', () => {
    const store = openTestStore();
    const journal = open(join(temporaryFolder(), 'intents.journal'));
    const change = aChange(claim);
    expect(() =>
      store.db.transaction(() => {
        enqueue(store.db, change, { sendsAt: change.createdAt, requestHash: 'h' });
        appendIntent(store.db, journal, change);
        throw new Error('disk full at COMMIT');
      }),
    ).toThrow('disk full');
    expect(findEntry(store.db, change.opId)).toBeUndefined();
    expect(recoverJournal(store.db, journal, () => undefined).recovered).toBe(1);
  });
});
