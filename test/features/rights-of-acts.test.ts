import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { auditToUpload } from '../../electron/store/audit/audit.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { listOutbox } from '../../electron/store/outbox/outbox-entries.ts';
import { findTestReport, saveMeasurement, saveTestReport } from '../../electron/store/record/results.ts';
import type { Role } from '../../shared/domain/staff.ts';
import { OpId, PatientId, StaffId } from '../../shared/ids.schema.ts';
import { err } from '../../shared/result.ts';
import { act, actOn, everyAct } from './every-act.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

const waiting = () => listOutbox(desk.db, 'waiting', 50).entries.map(({ change }) => change.change.kind);
const audited = () => auditToUpload(desk.db, 100).map(({ action }) => action);
const claimedBy = (context: UseCaseContext, taskId: string) => act(context, { ...actOn(context, taskId), kind: 'claim', input: {} });

function acts(names: readonly string[]) {
  return everyAct.filter(({ name }) => names.includes(name));
}

describe('a colleague’s item', () => {
  const theirs = acts(['claim', 'release-claim', 'finish', 'reply', 'decide-repeat', 'release-result', 'hold-result']);
  const anybodys = acts(['note', 'assign to a person', 'assign to a team', 'set-priority']);

  test.each(theirs)('is refused for $name, and nothing is saved', ({ item, request }) => {
    claimedBy(practice.as('nurse'), item);
    const refused = act(desk, request(actOn(desk, item), desk));
    expect(refused).toEqual(err({ kind: 'taken', by: 'The nurse', since: null }));
    expect(waiting()).toEqual(['claim']);
    expect(audited()).toEqual(['claim']);
    expect(desk.journal.entries()).toHaveLength(1);
  });

  test.each(anybodys)('is not for $name', ({ item, request }) => {
    claimedBy(practice.as('nurse'), item);
    expect(act(desk, request(actOn(desk, item), desk))).toMatchObject({ ok: true });
  });

  test.each(theirs.filter(({ name }) => name !== 'release-claim'))('is mine for $name once it is assigned to me', ({ item, request }) => {
    claimedBy(practice.as('nurse'), item);
    const assignee = { to: 'staff', staffId: StaffId.parse('role-gp'), name: '' } as const;
    act(practice.as('reception'), { ...actOn(desk, item), kind: 'assign', input: { assignee } });
    expect(act(desk, request(actOn(desk, item), desk))).toMatchObject({ ok: true });
  });

  test('can’t be given back by me, and an item that nobody has can’t either', () => {
    const giveBack = () => act(desk, { ...actOn(desk, 'message'), kind: 'release-claim', input: {} });
    expect(giveBack()).toMatchObject({ error: { kind: 'stale' } });
    claimedBy(practice.as('nurse'), 'message');
    expect(giveBack()).toMatchObject({ error: { kind: 'taken' } });
  });
});

describe('a hold', () => {
  const hold = () => {
    const input = { reason: 'discuss-first', reasonText: null, untilOn: '2026-11-27' } as const;
    return act(desk, { ...actOn(desk, 'normal'), kind: 'hold-result', input });
  };

  test('of a report that names another patient is refused (A21)', () => {
    const report = findTestReport(desk.db, 'r1');
    if (!report) throw new Error('No report');
    saveTestReport(desk.db, { ...report, patientId: 'p2' });
    expect(hold()).toEqual(err({ kind: 'wrong-patient' }));
    expect(waiting()).toEqual([]);
    expect(findItemOfTask(desk.db, 'normal')).toMatchObject({ status: 'requested' });
  });

  test('of a report with a value of another patient is refused too (A21)', () => {
    const detail = { name: 'Potassium', flag: null, reference: null, note: null, held: true };
    const value = { versionId: '1', testKey: 'k', at: null, value: '5.10', number: 5.1, unit: 'mmol/L', detail };
    saveMeasurement(desk.db, { id: 'o1', patientId: 'p2', ...value });
    expect(hold()).toEqual(err({ kind: 'wrong-patient' }));
    expect(waiting()).toEqual([]);
  });
});

const every: readonly Role[] = ['gp', 'nurse-prescriber', 'nurse', 'reception', 'manager', 'admin'];
const others: readonly Role[] = ['gp', 'nurse-prescriber', 'nurse', 'reception'];

/** On what an act is queued. */
const rowOf = (opId: string) => listOutbox(desk.db, 'waiting', 50).entries.find((entry) => entry.opId === opId);

describe('a note on a patient', () => {
  const note = (role: Role, patientId = 'p1', text = ' Her sister collects her scripts. ') => {
    const request = { opId: OpId.parse(randomUUID()), subject: { patientId: PatientId.parse(patientId) }, seen: {} };
    return act(practice.as(role), { ...request, kind: 'patient-note', input: { text } });
  };

  test.each(every)('may be written by a %s', (role) => {
    const done = note(role);
    expect(done).toMatchObject({ ok: true, value: { sendsAt: '2026-11-20T00:00:00.000Z' } });
    expect(rowOf(done.ok ? done.value.opId : '')).toMatchObject({
      ...{ itemKey: null, patientId: 'p1', change: { authorId: `role-${role}`, subject: { of: 'patient' } } },
    });
    expect(auditToUpload(desk.db, 9)).toMatchObject([{ action: 'patient-note', itemKey: null, taskId: null, patientId: 'p1', detail: '' }]);
  });

  test('is refused when it is blank, or on nobody known', () => {
    expect(note('gp', 'p1', ' \n')).toMatchObject({ error: { reason: 'empty-text' } });
    expect(note('gp', 'p9')).toEqual(err({ kind: 'not-found' }));
    expect(waiting()).toEqual([]);
  });
});

describe('a draft of the practice policy', () => {
  const draft = (role: Role, reason = 'A year is too long.') => {
    const input = { policy: { v: 1, longestHoldDays: 60 }, reason } as const;
    return act(practice.as(role), { opId: OpId.parse(randomUUID()), subject: {}, seen: {}, kind: 'draft-policy', input });
  };

  test.each<Role>(['manager', 'admin'])('may be made by a %s', (role) => {
    const done = draft(role);
    expect(rowOf(done.ok ? done.value.opId : '')).toMatchObject({
      itemKey: null,
      patientId: null,
      change: { subject: { of: 'practice' } },
    });
    expect(auditToUpload(desk.db, 9)).toMatchObject([{ action: 'draft-policy', itemKey: null, patientId: null }]);
  });

  test.each(others)('may not be made by a %s', (role) => {
    expect(draft(role)).toEqual(err({ kind: 'not-allowed', needs: 'manage' }));
    expect(waiting()).toEqual([]);
  });

  test('has a reason', () => {
    expect(draft('manager', ' ')).toMatchObject({ error: { reason: 'reason-needed' } });
  });
});
