import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/dates.ts';
import { assessMedicine, controlledClassOf, type PrescribingContext } from '../../shared/domain/prescribing-rules.ts';
import type { RequestedMedicine } from '../../shared/domain/repeat-request.ts';

const today = '2026-11-22';

/** A medicine with every fact known and good: losartan, due, reviewed in spring. */
function aMedicine(change: Partial<RequestedMedicine> = {}): RequestedMedicine {
  return {
    id: 'p1',
    status: 'requested',
    genericName: 'losartan',
    brandName: null,
    strength: '50 mg',
    form: 'tablet',
    dose: '1 tablet daily',
    code: '10195211000116102',
    controlled: 'none',
    onLongTermList: true,
    lastPrescribedOn: addDays(today, -85),
    lastPrescribedBy: 'Dr Rangi',
    lastDispensedOn: null,
    repeatsLeft: 0,
    supplyDays: 90,
    lastReviewedOn: addDays(today, -120),
    previousDose: null,
    duplicateOf: null,
    allergyMatch: null,
    ...change,
  };
}

const context: PrescribingContext = { patient: { deceased: { is: false }, allergies: { status: 'none-known' }, enrolled: 'yes' }, today };
const rulesThatSpoke = (medicine: RequestedMedicine, where = context) =>
  assessMedicine(medicine, where).findings.map((finding) => finding.rule);

test('a regular medicine that is due, reviewed and known in every fact is green', () => {
  expect(assessMedicine(aMedicine(), context)).toEqual({ outcome: 'green', findings: [] });
});

describe('what stops a medicine', () => {
  test('an allergy to it is red', () => {
    expect(assessMedicine(aMedicine({ allergyMatch: 'penicillin (anaphylaxis)' }), context).outcome).toBe('red');
  });

  test('a patient who has died is red', () => {
    const died = { ...context, patient: { ...context.patient, deceased: { is: true as const, at: '2026-09-02' } } };
    expect(assessMedicine(aMedicine(), died).outcome).toBe('red');
  });

  test('more than one month of an opioid is red, one month is amber', () => {
    expect(assessMedicine(aMedicine({ controlled: 'opioid', supplyDays: 90 }), context).outcome).toBe('red');
    expect(assessMedicine(aMedicine({ controlled: 'opioid', supplyDays: 30 }), context).outcome).toBe('amber');
  });

  test('another controlled drug may have three months, not four', () => {
    expect(assessMedicine(aMedicine({ controlled: 'controlled', supplyDays: 92 }), context).outcome).toBe('amber');
    expect(assessMedicine(aMedicine({ controlled: 'controlled', supplyDays: 120 }), context).outcome).toBe('red');
  });
});

describe('what a prescriber has to look at', () => {
  test.each<[string, Partial<RequestedMedicine>]>([
    ['long-term-list', { onLongTermList: false }],
    ['review', { lastReviewedOn: addDays(today, -400) }],
    ['dose-changed', { previousDose: '2 tablets daily' }],
    ['too-early', { lastPrescribedOn: addDays(today, -59) }],
    ['duplicate', { duplicateOf: 'p2' }],
  ])('%s is amber', (rule, change) => {
    const { outcome, findings } = assessMedicine(aMedicine(change), context);
    expect(outcome).toBe('amber');
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  test('two thirds of the supply used is not early', () => {
    expect(rulesThatSpoke(aMedicine({ lastPrescribedOn: addDays(today, -60) }))).toEqual([]);
  });
});

test('a missing fact is never green', () => {
  const unknowns: Partial<RequestedMedicine>[] = [{ supplyDays: null }, { lastReviewedOn: null }, { lastPrescribedOn: null }];
  for (const unknown of unknowns) expect(assessMedicine(aMedicine(unknown), context).outcome).not.toBe('green');
  const unasked = { ...context, patient: { ...context.patient, allergies: { status: 'not-recorded' as const } } };
  expect(assessMedicine(aMedicine(), unasked).outcome).toBe('amber');
});

test('a controlled drug is never green, whatever else is known of it', () => {
  const anyFacts = fc.record({
    supplyDays: fc.integer({ min: 1, max: 400 }),
    onLongTermList: fc.boolean(),
    controlled: fc.constantFrom('opioid' as const, 'controlled' as const),
  });
  fc.assert(fc.property(anyFacts, (facts) => assessMedicine(aMedicine(facts), context).outcome !== 'green'));
});

test.each([
  ['tramadol', 'opioid'],
  ['codeine phosphate', 'opioid'],
  ['paracetamol + codeine', 'opioid'],
  ['zopiclone', 'controlled'],
  ['methylphenidate hydrochloride', 'controlled'],
  ['losartan', 'none'],
])('%s is %s', (name, expected) => {
  expect(controlledClassOf(name)).toBe(expected);
});
