import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { saveDependencies } from '../../electron/store/mirror/projection-dependency.ts';
import { listOutbox } from '../../electron/store/outbox/outbox-entries.ts';
import { saveConsultation } from '../../electron/store/record/consultations.ts';
import { findMedicineRequest, saveMedicineRequest } from '../../electron/store/record/medicines.ts';
import { findPatient, saveAllergy, savePatient, saveProxy } from '../../electron/store/record/patients.ts';
import { findTestReport, saveTestReport } from '../../electron/store/record/results.ts';
import type { InputMap } from '../../shared/changes/changes.ts';
import type { MedicineDecision } from '../../shared/domain/repeat-request.ts';
import { err } from '../../shared/result.ts';
import { act, actOn, keyOf } from './every-act.ts';
import { mirror, openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

function medicines() {
  const detail = itemDetail(desk, { itemKey: keyOf(desk, 'repeat') });
  if (!detail.ok || detail.value.kind !== 'repeat') throw new Error('No request');
  return detail.value.request.medicines;
}

const rulesOf = (id: string) =>
  medicines()
    .find((medicine) => medicine.id === id)
    ?.findings.map(({ rule }) => rule) ?? [];
const approve = (medicineId: string, acknowledged = rulesOf(medicineId)): MedicineDecision => ({
  decision: 'approve',
  medicineId,
  acknowledged,
});
const decline = (medicineId: string): MedicineDecision => ({
  decision: 'decline',
  medicineId,
  reason: 'salg',
  textForPatient: 'Your record shows an allergy.',
});
const decide = (decisions: MedicineDecision[], message: string | null = null) =>
  act(desk, { ...actOn(desk, 'repeat'), kind: 'decide-repeat', input: { decisions, message } });
const release = (asked: ReturnType<typeof actOn>, input: InputMap['release-result']) =>
  act(desk, { ...asked, kind: 'release-result', input });
const hold = (asked: ReturnType<typeof actOn>, input: InputMap['hold-result']) => act(desk, { ...asked, kind: 'hold-result', input });
const withoutComment = { comment: null, noComment: true, contact: null };
const queued = () => listOutbox(desk.db, 'waiting', 50).entries;

test('a medicine of an allergy family is red, and naming the allergy', () => {
  expect(medicines()).toMatchObject([
    { id: 'amoxicillin', outcome: 'red', allergyMatch: 'Penicillin (anaphylaxis)' },
    { id: 'losartan', outcome: 'amber', allergyMatch: null },
  ]);
});

/** What is known of losartan: ordered for 90 days, that long ago, and a consultation this year. */
function knowLosartan(authoredOn: string): void {
  saveConsultation(desk.db, { id: 'c1', patientId: 'p1', on: '2026-06-01' });
  const proposal = findMedicineRequest(desk.db, 'losartan');
  if (!proposal) throw new Error('No proposal');
  saveMedicineRequest(desk.db, {
    ...proposal,
    id: 'order1',
    intent: 'order',
    status: 'active',
    groupId: null,
    authoredOn,
    requesterName: 'Dr Whitcombe',
  });
}

test('a long-term medicine, reviewed this year and due, is green and needs no acknowledgement', () => {
  knowLosartan('2026-08-20');
  expect(medicines().find(({ id }) => id === 'losartan')).toMatchObject({
    outcome: 'green',
    lastPrescribedBy: 'Dr Whitcombe',
    findings: [],
  });
  expect(decide([decline('amoxicillin'), approve('losartan', [])])).toMatchObject({ ok: true });
});

test('the same medicine asked for early is amber', () => {
  knowLosartan('2026-10-20');
  expect(rulesOf('losartan')).toEqual(['too-early']);
  expect(decide([decline('amoxicillin'), approve('losartan', [])])).toMatchObject({ error: { reason: 'medicine-not-acknowledged' } });
});

test('a request that has not arrived is shown as such and decides nothing', () => {
  desk.db.write(defineStatement("DELETE FROM medicine_request WHERE group_id = 'g1'")).run();
  expect(medicines()).toEqual([]);
  expect(decide([decline('losartan')])).toMatchObject({ error: { kind: 'refused', reason: 'nothing-decided' } });
});

test('a request with a medicine still to come is not decided', () => {
  saveDependencies(desk.db, 'Task/repeat', ['MedicationRequest/amoxicillin', 'MedicationRequest/metformin']);
  expect(decide([decline('amoxicillin'), approve('losartan')])).toMatchObject({ error: { kind: 'refused', reason: 'nothing-decided' } });
  expect(queued()).toEqual([]);
});

test('nothing is decided or released where item and focus name different patients', () => {
  const proposal = findMedicineRequest(desk.db, 'losartan');
  const report = findTestReport(desk.db, 'r1');
  if (!proposal || !report) throw new Error('Nothing to change');
  saveMedicineRequest(desk.db, { ...proposal, patientId: 'p2' });
  saveTestReport(desk.db, { ...report, patientId: 'p2' });
  expect(decide([approve('losartan')])).toEqual(err({ kind: 'wrong-patient' }));
  expect(release(actOn(desk, 'normal'), withoutComment)).toMatchObject({
    error: { reason: 'result-not-final', detail: 'This report names another patient' },
  });
});

test('approving what is red is refused and nothing is queued', () => {
  expect(decide([approve('amoxicillin'), approve('losartan')])).toMatchObject({ error: { kind: 'refused', reason: 'medicine-blocked' } });
  expect(queued()).toEqual([]);
});

test('approving what is amber takes the acknowledgement of each finding', () => {
  expect(decide([decline('amoxicillin'), approve('losartan', [])])).toMatchObject({
    error: { kind: 'refused', reason: 'medicine-not-acknowledged' },
  });
  expect(decide([decline('amoxicillin'), approve('losartan', rulesOf('losartan').slice(1))])).toMatchObject({
    error: { reason: 'medicine-not-acknowledged' },
  });
  expect(decide([decline('amoxicillin'), approve('losartan')])).toMatchObject({ ok: true, value: { sendsAt: '2026-11-20T00:00:10.000Z' } });
});

test('every medicine of a request is decided, once, and no other', () => {
  expect(decide([approve('losartan')])).toMatchObject({ error: { kind: 'refused', reason: 'nothing-decided' } });
  expect(decide([decline('amoxicillin'), approve('losartan'), decline('losartan')])).toMatchObject({ error: { problem: 'decided twice' } });
  expect(decide([decline('amoxicillin'), approve('losartan'), decline('warfarin')])).toMatchObject({
    error: { problem: 'not in this request' },
  });
});

test('a decision fixes its order ids, what the rules said, and what the patient is told', () => {
  decide([decline('amoxicillin'), approve('losartan')]);
  const [entry] = desk.journal.entries();
  expect(entry?.change.change).toMatchObject({
    kind: 'decide-repeat',
    decisions: [
      { medicineId: 'amoxicillin', decision: 'decline', findings: expect.arrayContaining([expect.objectContaining({ rule: 'allergy' })]) },
      { medicineId: 'losartan', medicineText: 'losartan 50 mg tablet', orderId: expect.any(String) },
    ],
    answerText: expect.stringContaining('We have approved your repeat prescription for:\n• losartan 50 mg tablet'),
  });
  expect(findItemOfTask(desk.db, 'repeat')).toMatchObject({ status: 'completed', pending: 'waiting' });
});

test('the words that the prescriber wrote are what the patient is told', () => {
  decide([decline('amoxicillin'), approve('losartan')], 'Your blood pressure pills are ready.');
  expect(desk.journal.entries()[0]?.change.change).toMatchObject({ answerText: 'Your blood pressure pills are ready.' });
});

test('a request whose medicine changed since it was seen is stale', () => {
  const asked = actOn(desk, 'repeat');
  mirror(desk, 'MedicationRequest/losartan', '2');
  const input = { decisions: [decline('amoxicillin'), approve('losartan')], message: null };
  const reply = act(desk, { ...asked, kind: 'decide-repeat', input });
  expect(reply).toMatchObject({ ok: false, error: { kind: 'stale' } });
});

test('a decision is stale when an allergy, an order or somebody who reads for the patient has come since it was seen', () => {
  const input = { decisions: [decline('amoxicillin'), approve('losartan')], message: null };
  const since = (come: () => void) => {
    const asked = actOn(desk, 'repeat');
    come();
    return act(desk, { ...asked, kind: 'decide-repeat', input });
  };
  const stale = { ok: false, error: { kind: 'stale' } };
  const allergy = { id: 'a2', patientId: 'p1', status: 'recorded', substance: 'Losartan', reaction: 'angioedema', severe: true } as const;
  expect(
    since(() => {
      mirror(desk, 'AllergyIntolerance/a2', '1');
      saveAllergy(desk.db, allergy);
    }),
  ).toMatchObject(stale);
  const losartan = findMedicineRequest(desk.db, 'losartan');
  if (!losartan) throw new Error('No request');
  expect(
    since(() => {
      mirror(desk, 'MedicationRequest/o9', '1');
      saveMedicineRequest(desk.db, { ...losartan, id: 'o9', intent: 'order', status: 'active', groupId: null });
    }),
  ).toMatchObject(stale);
  expect(
    since(() => {
      mirror(desk, 'RelatedPerson/x1', '1');
      saveProxy(desk.db, { id: 'x1', patientId: 'p1', name: 'Hemi', relationship: 'Father', untilOn: null, canRead: true });
    }),
  ).toMatchObject(stale);
});

test('nothing is decided, released or sent for a patient who has died', () => {
  const patient = findPatient(desk.db, 'p1');
  if (!patient) throw new Error('No patient');
  savePatient(desk.db, { ...patient, deceased: { is: true, at: '2026-11-18' } }, '1');
  expect(decide([decline('amoxicillin'), decline('losartan')])).toMatchObject({ error: { reason: 'patient-deceased' } });
  expect(release(actOn(desk, 'normal'), withoutComment)).toMatchObject({
    error: { reason: 'patient-deceased' },
  });
});

const contact = { how: 'phone' as const, at: '2026-11-19T23:50:00.000Z', note: 'Rang, she is coming in.' };

test('a wholly normal result is released as it is', () => {
  expect(release(actOn(desk, 'normal'), { ...withoutComment, noComment: false })).toMatchObject({ ok: true });
  expect(desk.journal.entries()[0]?.change.change).toMatchObject({
    kind: 'release-result',
    reportId: 'r1',
    measurementIds: ['o1'],
    comment: null,
  });
});

test('a critical result is not released before the contact with the patient is recorded', () => {
  const asked = actOn(desk, 'critical');
  const refused = release(asked, { comment: 'Please come in.', noComment: false, contact: null });
  expect(refused).toMatchObject({ ok: false, error: { kind: 'refused', reason: 'contact-not-recorded' } });
  expect(queued()).toEqual([]);
  expect(release(asked, { comment: null, noComment: false, contact })).toMatchObject({
    error: { reason: 'comment-or-explicit-none-needed' },
  });
  expect(release(asked, { comment: 'Please come in.', noComment: false, contact })).toMatchObject({ ok: true });
});

test('a report with a value that has not arrived is not released', () => {
  desk.db
    .write(
      defineStatement("DELETE FROM measurement WHERE number = (SELECT number FROM resource_ref WHERE type = 'Observation' AND id = 'o1')"),
    )
    .run();
  expect(release(actOn(desk, 'normal'), withoutComment)).toMatchObject({
    error: { reason: 'result-not-final', detail: expect.stringContaining('have not arrived') },
  });
});

test('a hold has an end after today and, when the reason is "other", words', () => {
  const asked = actOn(desk, 'normal');
  const discuss = { reason: 'discuss-first' as const, reasonText: null };
  expect(hold(asked, { ...discuss, untilOn: '2026-11-20' })).toEqual(err({ kind: 'refused', reason: 'hold-needs-end', detail: null }));
  expect(hold(asked, { ...discuss, untilOn: '2028-11-21' })).toMatchObject({ error: { reason: 'hold-needs-end' } });
  expect(hold(asked, { reason: 'other', reasonText: ' ', untilOn: '2026-11-27' })).toMatchObject({
    error: { reason: 'reason-needed' },
  });
  expect(hold(asked, { ...discuss, untilOn: '2026-11-27' })).toMatchObject({ ok: true });
  expect(findItemOfTask(desk.db, 'normal')).toMatchObject({ status: 'on-hold', ownerId: 'role-gp', dueAt: '2026-11-26T20:00:00.000Z' });
});
