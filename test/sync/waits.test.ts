import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, waitMs, withJitter } from '../../electron/sync/engine/backoff.ts';
import { afterFailure, type Connection, maySend, nextLookMs } from '../../electron/sync/engine/connection.ts';
import { classifyVersion } from '../../electron/sync/pull/classify-version.ts';
import { clockStepBack, dueOverlap } from '../../electron/sync/pull/overlap.ts';

describe('waits', () => {
  test('backoff never exceeds five minutes and never falls below a second', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, draw) => {
        const wait = backoffMs(attempts, () => draw);
        expect(wait).toBeGreaterThanOrEqual(1_000);
        expect(wait).toBeLessThanOrEqual(Math.min(300_000, Math.max(1_000, 1_000 * 2 ** attempts)));
      }),
    );
  });

  test('what the server asks for is waited for, whatever chance says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), fc.nat(50), (seconds, attempts) => {
        expect(waitMs(attempts, seconds, () => 0)).toBeGreaterThanOrEqual(seconds * 1_000);
      }),
    );
    expect(waitMs(1, 10 ** 12, () => 0)).toBe(86_400_000);
    expect(waitMs(1, Number.NaN, () => 0)).toBe(1_000);
  });

  test('jitter stays within a fifth', () => {
    expect([withJitter(5_000, () => 0), withJitter(5_000, () => 0.999)]).toEqual([4_000, expect.closeTo(6_000, -2)]);
  });

  test('a server that is down hears from a desk at most ten times a minute, once the first tries are over', () => {
    let connection: Connection = { is: 'online' };
    let elapsed = 0;
    let asked = 0;
    for (let index = 0; index < 200; index += 1) {
      connection = afterFailure(connection, { kind: 'unreachable', sent: 'no', code: 'ECONNREFUSED' });
      elapsed += nextLookMs(connection, 5_000, () => 0.5) ?? 0;
      if (elapsed > 60_000 && elapsed <= 120_000) asked += 1;
    }
    expect(asked).toBeLessThanOrEqual(10);
  });

  test('nothing is sent while the server is away, busy or wants a sign-in', () => {
    const after = (connection: Connection) => maySend(connection);
    const failures = [
      { kind: 'unreachable', sent: 'maybe', code: 'x' },
      { kind: 'busy', status: 503, retryAfterSeconds: 7, sent: 'no' },
      { kind: 'unauthenticated' },
      { kind: 'not-fhir', status: 200, detail: 'x', sent: 'no' },
    ] as const;
    for (const failure of failures) expect(after(afterFailure({ is: 'online' }, failure))).toBe(false);
    expect(
      nextLookMs(afterFailure({ is: 'online' }, { kind: 'busy', status: 503, retryAfterSeconds: 7, sent: 'no' }), 5_000, () => 0),
    ).toBe(7_000);
    expect(nextLookMs({ is: 'signed-out' }, 5_000, () => 0)).toBeNull();
  });
});

describe('windows and versions', () => {
  test('the wide windows come due by time passed, also when this clock was set back', () => {
    const day = 86_400_000;
    expect(dueOverlap(day * 3, null, null)).toBe('cold');
    expect(dueOverlap(day * 3, null, day * 3 - 1)).toBe('warm');
    expect(dueOverlap(day * 3, day * 3 - 1_000, day * 3 - 1_000)).toBe('hot');
    expect(dueOverlap(day, day * 3, day * 3)).toBe('cold');
  });

  test('a second is no step of the clock, more is', () => {
    expect(clockStepBack('2026-11-20T00:00:10Z', '2026-11-20T00:00:09Z')).toBe(0);
    expect(clockStepBack('2026-11-20T00:00:40Z', '2026-11-20T00:00:10Z')).toBe(30_000);
    expect(clockStepBack(null, '2026-11-20T00:00:10Z')).toBe(0);
  });

  test('only what is plainly newer is taken unasked', () => {
    const known = { versionId: '3', lastUpdated: '2026-11-20T00:00:10.000Z', deleted: false };
    expect(classifyVersion({ versionId: '1', lastUpdated: '2026-11-20T00:00:00Z' }, undefined)).toBe('new');
    expect(classifyVersion({ versionId: '3', lastUpdated: '2026-11-20T00:00:10Z' }, known)).toBe('known');
    expect(classifyVersion({ versionId: '4', lastUpdated: '2026-11-20T00:00:11+00:00' }, known)).toBe('new');
    expect(classifyVersion({ versionId: 'b1f2', lastUpdated: '2026-11-20T00:00:10.000Z' }, known)).toBe('ask-by-id');
    expect(classifyVersion({ versionId: '2', lastUpdated: '2026-11-20T00:00:05Z' }, known)).toBe('ask-by-id');
    expect(classifyVersion({ versionId: '3', lastUpdated: '2026-11-20T00:00:10Z' }, { ...known, deleted: true })).toBe('ask-by-id');
  });
});
