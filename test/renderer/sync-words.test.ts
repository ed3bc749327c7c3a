import { expect, test } from 'vitest';
import { syncWords } from '../../renderer/features/status-bar/sync-words.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';

const lastUpdateAt = '2026-11-22T22:42:00Z';
const soonAfter = Date.parse(lastUpdateAt) + 60_000;
const quiet: SyncStatus = {
  state: 'up-to-date',
  lastUpdateAt,
  progress: null,
  waiting: 0,
  needsAttention: 0,
  quarantined: 0,
  problem: null,
};

test('up to date says when, and says the same while it looks again', () => {
  expect(syncWords(quiet, soonAfter).words).toBe('Up to date · 11:42 am');
  expect(syncWords({ ...quiet, state: 'syncing' }, soonAfter).words).toBe('Up to date · 11:42 am');
});

test('after half an hour on line without an update it warns and offers to retry', () => {
  const late = syncWords(quiet, Date.parse(lastUpdateAt) + 31 * 60_000);
  expect(late).toEqual({ words: 'Last update 11:42 am', tone: 'warn', action: 'retry' });
});

test('the first sync counts and says that work can begin', () => {
  const first = syncWords({ ...quiet, state: 'first-sync', progress: { here: 1200, about: 8400 } }, soonAfter);
  expect(first.words).toBe('Getting your inbox · 1,200 of about 8,400 · newest first. You can start now.');
});

test('signed out says how many changes wait for a sign-in', () => {
  expect(syncWords({ ...quiet, state: 'signed-out', waiting: 3 }, soonAfter)).toMatchObject({
    words: 'Sign in again to send 3 changes',
    action: 'sign-in',
  });
  expect(syncWords({ ...quiet, state: 'signed-out', waiting: 1 }, soonAfter).words).toBe('Sign in again to send 1 change');
});

test('offline says how old the screen is', () => {
  expect(syncWords({ ...quiet, state: 'offline' }, soonAfter).words).toBe('Offline · showing items to 11:42 am');
});
