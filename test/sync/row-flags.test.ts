import { describe, expect, test } from 'vitest';
import { pageOfItems } from '../../electron/store/lists/inbox.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import type { ItemFlag } from '../../shared/domain/work-item.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { take } from '../support/projected-by-hand.ts';

const patient = { reference: 'Patient/p1' };
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** What the row of a result shows: values with these flags of the laboratory, null for none. */
function rowOf(labFlags: readonly (string | null)[], { status = 'final', labels = ['NOPAT'] } = {}) {
  const { db } = openTestStore();
  const values = labFlags.map((flag, index) => ({
    resourceType: 'Observation',
    id: `o${index}`,
    status: 'final',
    code: { text: `Value ${index}` },
    subject: patient,
    valueString: 'seen',
    ...(flag !== null && { interpretation: [{ coding: [{ code: flag }] }] }),
  }));
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    meta: { security: labels.map((code) => ({ system: actCode, code })) },
    status,
    code: { text: 'Culture' },
    subject: patient,
    result: values.map(({ id }) => ({ reference: `Observation/${id}` })),
  };
  const task = {
    resourceType: 'Task',
    id: 't1',
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'result-review' }] },
    focus: { reference: 'DiagnosticReport/r1' },
    for: patient,
    authoredOn: '2026-11-20T00:00:00Z',
  };
  take(db, ...values, report, task);
  const urgent = pageOfItems(db, { view: 'urgent', staffId: 's1', pools: ['gp'], offset: 0, limit: 10, anchor: null });
  return { flags: [...(findItemOfTask(db, 't1')?.flags ?? [])].sort(), isUrgent: urgent.total === 1 };
}

describe('the row of a result', () => {
  test.each<[string | null, readonly ItemFlag[]]>([
    [null, []],
    ['N', []],
    ['H', ['high']],
    ['L', ['low']],
    ['HH', ['critical', 'high']],
    ['LL', ['critical', 'low']],
    ['A', ['abnormal']],
    ['AA', ['abnormal', 'critical']],
    ['HU', ['critical', 'high']],
    ['LU', ['critical', 'low']],
    ['POS', ['abnormal']],
  ])('a value that the laboratory flags %s shows %j', (flag, flags) => {
    expect(rowOf([flag]).flags).toEqual(flags);
  });

  test.each(['HH', 'LL', 'AA'])('%s puts it among the urgent', (flag) => {
    expect(rowOf([null, flag]).isUrgent).toBe(true);
  });

  test.each(['H', 'L', 'A'])('%s alone does not', (flag) => {
    expect(rowOf([null, flag]).isUrgent).toBe(false);
  });

  test('the flags of several values come together', () => {
    expect(rowOf(['H', null, 'LL', 'A']).flags).toEqual(['abnormal', 'critical', 'high', 'low']);
  });

  test('an amended, a corrected and a sensitive result are marked as such', () => {
    expect(rowOf([null], { status: 'amended' }).flags).toEqual(['amended']);
    expect(rowOf([null], { status: 'corrected' }).flags).toEqual(['amended']);
    expect(rowOf([null], { labels: ['NOPAT', 'HIV'] }).flags).toEqual(['sensitive']);
  });
});
