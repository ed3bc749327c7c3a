import { expect, test } from 'vitest';
import { createChangeNotifier } from '../../electron/sync/engine/change-notifier.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import { standingTime } from '../support/standing-time.ts';

const status: SyncStatus = {
  ...{ state: 'up-to-date', lastUpdateAt: '2026-11-20T01:00:00Z', progress: null },
  ...{ waiting: 0, needsAttention: 0, quarantined: 0, problem: null },
};

function announcing() {
  const time = standingTime();
  const told: string[][] = [];
  const notifier = createChangeNotifier((topics) => told.push([...topics]), time.after);
  return { ...notifier, told, pass: time.pass };
}

test('what is said many times within a moment is told once, each topic once', () => {
  const { say, told, pass } = announcing();
  say('inbox', 'item');
  pass(100);
  say('inbox', 'outbox');
  expect(told).toEqual([]);
  pass(50);
  expect(told).toEqual([['inbox', 'item', 'outbox']]);
  pass(60_000);
  expect(told).toHaveLength(1);
  say('inbox');
  pass(150);
  expect(told.at(-1)).toEqual(['inbox']);
});

test('a status is told when it says something new, and when the last update is a minute later', () => {
  const { sayStatus, told, pass } = announcing();
  const tellings = (next: SyncStatus) => {
    told.length = 0;
    sayStatus(next);
    pass(150);
    return told;
  };
  expect(tellings(status)).toEqual([['sync']]);
  expect(tellings({ ...status, lastUpdateAt: '2026-11-20T01:00:59Z' })).toEqual([]);
  expect(tellings({ ...status, waiting: 1 })).toEqual([['sync']]);
  expect(tellings({ ...status, waiting: 1, lastUpdateAt: '2026-11-20T01:01:00Z' })).toEqual([['sync']]);
});

test('after a stop nothing that was said is told any more', () => {
  const { say, stop, told, pass } = announcing();
  say('inbox');
  stop();
  pass(60_000);
  expect(told).toEqual([]);
});
