import { expect, test } from 'vitest';
import { releaseGate } from '../../shared/domain/release-rules.ts';
import type { Measurement, TestResult } from '../../shared/domain/test-result.ts';

function aMeasurement(change: Partial<Measurement> = {}): Measurement {
  return {
    id: 'o1',
    name: 'Potassium',
    value: '4.1',
    number: 4.1,
    unit: 'mmol/L',
    flag: null,
    reference: '3.5 – 5.2',
    previous: [],
    note: null,
    ...change,
  };
}

function aResult(change: Partial<TestResult> = {}): Pick<TestResult, 'status' | 'labels' | 'measurements' | 'conclusion'> {
  return { status: 'final', labels: [], measurements: [aMeasurement()], conclusion: null, ...change };
}

test('a final report with every value in its interval goes with one key', () => {
  expect(releaseGate(aResult())).toEqual({ outcome: 'one-key', needs: [], reasons: [] });
});

test.each(['HH', 'LL', 'AA'] as const)('a critical value (%s) needs the contact recorded and a word on the comment', (flag) => {
  expect(releaseGate(aResult({ measurements: [aMeasurement({ flag })] })).needs).toEqual(['contact-recorded', 'comment-or-explicit-none']);
});

test.each(['H', 'L', 'A'] as const)('a value outside the interval (%s) needs a comment or an explicit none', (flag) => {
  expect(releaseGate(aResult({ measurements: [aMeasurement({ flag })] }))).toMatchObject({
    outcome: 'sheet',
    needs: ['comment-or-explicit-none'],
  });
});

test('a sensitive category needs the discussion recorded, however normal', () => {
  expect(releaseGate(aResult({ labels: ['HIV'] })).needs).toEqual(['discussion-recorded']);
});

test('a preliminary report is blocked', () => {
  expect(releaseGate(aResult({ status: 'preliminary' })).outcome).toBe('blocked');
});

test.each<[string, Partial<TestResult>]>([
  ['a corrected report', { status: 'corrected' }],
  ['a conclusion in words', { conclusion: 'No malignancy seen.' }],
  ['a value without an interval', { measurements: [aMeasurement({ reference: null })] }],
  ['a value in words', { measurements: [aMeasurement({ value: 'Detected', number: null })] }],
  ['a report without values', { measurements: [] }],
])('%s never goes with one key', (_what, change) => {
  expect(releaseGate(aResult(change)).outcome).toBe('sheet');
});
