import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedDay } from '../../renderer/kinds/result/typed-day.ts';
import { addDays, clinicalDate, longDate } from '../../shared/dates.ts';

const today = '2026-11-22';

test('every day reads back from both ways it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 4000 }), (days) => {
      const day = addDays(today, days);
      expect(typedDay(clinicalDate(day), today)).toBe(day);
      expect(typedDay(longDate(day), today)).toBe(day);
    }),
  );
});

test('without a year it is the next such day', () => {
  expect(typedDay('29 nov', today)).toBe('2026-11-29');
  expect(typedDay('3 feb', today)).toBe('2027-02-03');
});

test.each(['', '31 feb 2027', '29-Feb-2027', '11/29/2026', '2026-11-29', '29 smarch', '0 jan 2027'])('“%s” is no day', (text) => {
  expect(typedDay(text, today)).toBeUndefined();
});
