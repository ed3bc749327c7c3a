import { describe, expect, test } from 'vitest';
import { toDay } from '../../electron/fhir/mappers/datatypes.ts';
import { toConsultation } from '../../electron/fhir/mappers/encounter.ts';
import { ok } from '../../shared/result.ts';

const seen = {
  resourceType: 'Encounter',
  id: 'e1',
  meta: { versionId: '1' },
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  period: { start: '2026-11-04T21:00:00Z', end: '2026-11-04T21:15:00Z' },
};

test('a finished consultation is the day it was in New Zealand', () => {
  expect(toConsultation(seen)).toEqual(ok({ id: 'e1', patientId: 'p1', on: '2026-11-05' }));
});

test.each([
  ['is planned', { status: 'planned' }],
  ['is a hospital stay', { class: { code: 'IMP' } }],
  ['has no day', { period: undefined }],
])('an encounter that %s is no review', (_what, change) => {
  expect(toConsultation({ ...seen, ...change })).toEqual(ok(null));
});

test('a consultation of nobody is said to be unreadable', () => {
  expect(toConsultation({ ...seen, subject: undefined }).ok).toBe(false);
});

describe('the day of a FHIR date', () => {
  test.each([
    ['2026-11-04', '2026-11-04'],
    ['2026-11-04T22:00:00Z', '2026-11-05'],
    ['2026-11-05T09:00:00+13:00', '2026-11-05'],
    ['2026-11', null],
    [undefined, null],
  ])('%s is %s', (text, day) => {
    expect(toDay(text)).toBe(day);
  });
});
