import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addOpenHour,
  addWorkingDays,
  atLocalHour,
  HOUR,
  isoDay,
  isWorkingDay,
  nextOpen,
  offsetAt,
} from '../../electron/demo/practice/practice-time.ts';

const clock = new Intl.DateTimeFormat('en-NZ', {
  timeZone: 'Pacific/Auckland',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const zone = new Intl.DateTimeFormat('en', { timeZone: 'Pacific/Auckland', timeZoneName: 'longOffset' });
const anyTime = fc.integer({ min: Date.UTC(2008, 0, 1), max: Date.UTC(2040, 0, 1) });
const at = (text: string): number => new Date(text).getTime();
const shown = (instant: number): string => clock.format(instant);

describe('the time of the invented practice', () => {
  test('its offset is that of Pacific/Auckland at any time, and around every switch', () => {
    const hours = (instant: number) => Number(/GMT\+(\d+)/.exec(zone.format(instant))?.[1]);
    fc.assert(
      fc.property(anyTime, (instant) => {
        expect(offsetAt(instant)).toBe(hours(instant) * HOUR);
      }),
    );
    const switches = ['2026-04-04T14:00:00Z', '2026-09-26T14:00:00Z', '2027-04-03T14:00:00Z'].map(at);
    for (const instant of switches.flatMap((s) => [s - 1, s, s + 1])) expect(offsetAt(instant)).toBe(hours(instant) * HOUR);
  });

  test('an hour of the local day is that hour on the wall, also on the days of the switch', () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 4, max: 23 }), (instant, hour) => {
        expect(shown(atLocalHour(instant, hour))).toContain(`${String(hour).padStart(2, '0')}:00:00`);
        expect(isoDay(atLocalHour(instant, hour))).toBe(isoDay(instant));
      }),
    );
  });

  test('two working days from Friday morning is Tuesday at the same time', () => {
    expect(addWorkingDays(at('2026-11-19T20:30:00Z'), 2)).toBe(at('2026-11-23T20:30:00Z'));
  });

  test('what comes at the weekend counts from Monday 8 am', () => {
    expect(nextOpen(at('2026-11-21T01:00:00Z'))).toBe(at('2026-11-22T19:00:00Z'));
    expect(addWorkingDays(at('2026-11-21T01:00:00Z'), 2)).toBe(at('2026-11-24T19:00:00Z'));
  });

  test('an urgent item that comes ten minutes before closing is due fifty minutes into the next working day', () => {
    expect(addOpenHour(at('2026-11-20T03:50:00Z'))).toBe(at('2026-11-22T19:50:00Z'));
  });

  test('Christmas Day is no working day', () => {
    expect(isWorkingDay(at('2026-12-24T22:00:00Z'))).toBe(false);
    expect(isWorkingDay(at('2026-12-23T22:00:00Z'))).toBe(true);
  });
});
