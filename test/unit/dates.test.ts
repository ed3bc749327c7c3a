import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  ageText,
  clinicalDate,
  clockTime,
  dayOf,
  daysBetween,
  instantOf,
  listTime,
  longDate,
  wallTimeOf,
} from '../../shared/dates.ts';

const zone = 'Pacific/Auckland';

describe('clinical dates', () => {
  test('September has three letters', () => {
    expect(clinicalDate('2026-09-02')).toBe('02-Sep-2026');
  });

  test('patients and screen readers hear the long date', () => {
    expect(longDate('1982-02-13')).toBe('13 February 1982');
  });

  test.each([
    ['2026-11-21T22:42:00Z', '11:42 am'],
    ['2026-11-21T11:00:00Z', '12:00 am'],
    ['2026-11-21T23:05:00Z', '12:05 pm'],
  ])('%s is %s on the practice wall clock', (instant, shown) => {
    expect(clockTime(instant, zone)).toBe(shown);
  });

  test('a list shows the time today, the weekday this week and the date before that', () => {
    const now = '2026-11-22T01:00:00Z';
    expect(listTime('2026-11-21T22:42:00Z', now, zone)).toBe('11:42 am');
    expect(listTime('2026-11-20T02:00:00Z', now, zone)).toBe('Fri 20 Nov');
    expect(listTime('2026-11-14T02:00:00Z', now, zone)).toBe('14-Nov-2026');
  });

  test('a day begins at midnight in the practice, Chatham 45 minutes before Auckland', () => {
    expect(dayOf('2026-11-21T10:59:59Z', zone)).toBe('2026-11-21');
    expect(dayOf('2026-11-21T11:00:00Z', zone)).toBe('2026-11-22');
    expect(dayOf('2026-11-21T10:15:00Z', 'Pacific/Chatham')).toBe('2026-11-22');
  });
});

describe('daylight saving', () => {
  test('the wall clock jumps forward on 27 September 2026 and back on 5 April 2026', () => {
    expect(clockTime('2026-09-26T13:59:00Z', zone)).toBe('1:59 am');
    expect(clockTime('2026-09-26T14:00:00Z', zone)).toBe('3:00 am');
    expect(clockTime('2026-04-04T13:59:00Z', zone)).toBe('2:59 am');
    expect(clockTime('2026-04-04T14:00:00Z', zone)).toBe('2:00 am');
  });

  test('an instant found for a wall time shows that wall time, except in the hour that does not exist', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (date) => {
        const wall = wallTimeOf(date.getTime(), zone);
        expect(wallTimeOf(instantOf(wall, zone), zone)).toEqual(wall);
      }),
    );
  });
});

describe('ages', () => {
  test.each([
    ['2026-11-20', '2d'],
    ['2026-10-01', '7w 3d'],
    ['2025-09-10', '14m 12d'],
    ['2021-09-02', '5y 2m'],
    ['1982-02-13', '44y'],
    ['2026-11-23', 'not yet born'],
  ])('born %s is %s old on 22-Nov-2026', (bornOn, shown) => {
    expect(ageText(bornOn, '2026-11-22')).toBe(shown);
  });

  test('a birthday on 29 February counts on the last day of shorter Februaries', () => {
    expect(ageText('2025-01-31', '2026-03-01')).toBe('13m 1d');
  });
});

test('adding days and counting them are inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
      expect(daysBetween('2026-11-22', addDays('2026-11-22', days))).toBe(days);
    }),
  );
});
