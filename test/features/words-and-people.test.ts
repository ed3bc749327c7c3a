import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findItemDraft, saveItemDraft } from '../../electron/features/marks/drafts.ts';
import { discardEntry, undoEntry } from '../../electron/features/outbox/outbox.ts';
import { resolveConflict } from '../../electron/features/outbox/outbox-conflict.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { practicePolicy } from '../../electron/features/views/practice-policy.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { numberResource } from '../../electron/store/mirror/resource-number.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { markConflict, markRejected, markSending } from '../../electron/store/outbox/outbox-send.ts';
import { saveMedicineRequest } from '../../electron/store/record/medicines.ts';
import { saveMeasurement } from '../../electron/store/record/results.ts';
import { changes } from '../../shared/changes/changes.ts';
import { contract } from '../../shared/contract.ts';
import { OpId, PatientId } from '../../shared/ids.schema.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { anItem } from '../store/open-test-store.ts';
import { act, actOn, keyOf } from './every-act.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

const itemKey = itemKeyOf('message', 'Communication/t1');

function reply(text: string) {
  const asked = actOn(desk, 'message');
  const queued = act(desk, { ...asked, kind: 'reply', input: { text, finish: false, outcome: null } });
  return { opId: asked.opId, queued };
}

const now = () => new Date(desk.now()).toISOString();
const draft = () => findItemDraft(desk, { itemKey, kind: 'reply' });

describe('words', () => {
  test('doing mine again keeps what was typed since', () => {
    const { opId } = reply('Come in today.');
    markSending(desk.db, opId, new Date(desk.now()).toISOString());
    markConflict(desk.db, opId, 'Somebody else was first.', new Date(desk.now()).toISOString());
    saveItemDraft(desk, { itemKey, kind: 'reply', text: 'And bring your inhaler.' });
    const input = contract['outbox.resolve-conflict'].input.parse({
      ...{ opId, choice: 'do-mine-again', newOpId: randomUUID(), seen: actOn(desk, 'message').seen },
    });
    expect(resolveConflict(desk, input)).toEqual(ok({}));
    expect(draft()).toMatchObject({ value: { text: 'And bring your inhaler.' } });
  });

  test('a draft that is saved late does not bring back words that are on their way', () => {
    reply('Come in today.');
    expect(saveItemDraft(desk, { itemKey, kind: 'reply', text: 'Come in today. ' })).toMatchObject({ ok: true });
    expect(draft()).toMatchObject({ value: { text: '' } });
    saveItemDraft(desk, { itemKey, kind: 'reply', text: 'Come in today, not tomorrow.' });
    expect(draft()).toMatchObject({ value: { text: 'Come in today, not tomorrow.' } });
  });

  test('after an undo the same words are a draft like any other', () => {
    const { opId } = reply('Come in today.');
    expect(undoEntry(desk, { opId })).toEqual(ok({}));
    saveItemDraft(desk, { itemKey, kind: 'reply', text: 'Come in today.' });
    expect(draft()).toMatchObject({ value: { text: 'Come in today.' } });
  });
});

describe('an item that is known by another key since', () => {
  const projected = { patientId: 'p1', familyName: 'Ngata', givenNames: 'Aroha', nhi: 'ZAC5361' };

  /** An older Task about the same conversation arrives: from now on the conversation's key is that one's. */
  function olderArrives(): void {
    const item = { ...projected, focusRef: 'Communication/t1' };
    saveWorkItem(desk.db, anItem({ ...item, id: 'older', arrivedAt: '2026-11-18T20:00:00.000Z' }));
    saveWorkItem(desk.db, anItem({ ...item, id: 'message', arrivedAt: '2026-11-19T20:00:00.000Z' }));
    expect([keyOf(desk, 'older'), keyOf(desk, 'message')]).toEqual([itemKey, 'message|Task/message']);
  }

  test('has its draft under both keys', () => {
    saveWorkItem(desk.db, anItem({ ...projected, id: 'late', focusRef: null }));
    const before = keyOf(desk, 'late');
    saveItemDraft(desk, { itemKey: before, kind: 'note', text: 'Rang' });
    saveWorkItem(desk.db, anItem({ ...projected, id: 'late', focusRef: 'Communication/late' }));
    saveItemDraft(desk, { itemKey: before, kind: 'note', text: 'Rang her.' });
    for (const key of [before, keyOf(desk, 'late')])
      expect(findItemDraft(desk, { itemKey: key, kind: 'note' })).toMatchObject({ value: { text: 'Rang her.' } });
  });

  test('gets its words back, and the one that has its key now does not', () => {
    const { opId } = reply('Come in today.');
    olderArrives();
    undoEntry(desk, { opId });
    expect(draft()).toMatchObject({ value: { text: '' } });
    expect(findItemDraft(desk, { itemKey: keyOf(desk, 'message'), kind: 'reply' })).toMatchObject({ value: { text: 'Come in today.' } });
  });

  test('is the one on which mine is done again', () => {
    const { opId } = reply('Come in today.');
    markSending(desk.db, opId, now());
    markConflict(desk.db, opId, 'Somebody else was first.', now());
    olderArrives();
    const { opId: newOpId, seen } = actOn(desk, 'message');
    expect(resolveConflict(desk, { opId, choice: 'do-mine-again', newOpId, seen })).toEqual(ok({}));
    expect(findChange(desk.db, newOpId)?.change.subject).toMatchObject({ taskId: 'message' });
  });
});

test('a medicine that has its order already is not ordered again, although its proposal still stands', () => {
  const order = { versionId: '1', intent: 'order', status: 'active', patientId: 'p1', groupId: null, basedOn: 'losartan', priorId: null };
  const name = { brandName: null, strength: '50 mg', form: 'tablet', dose: '1 daily', supplyDays: 90, repeatsAllowed: 3 };
  saveMedicineRequest(desk.db, {
    ...{ ...order, id: 'order-1', code: null, medicineKey: 'losartan', authoredOn: '2026-11-20', requesterName: 'Dr Rangi Parata' },
    detail: { genericName: 'losartan', ...name, pharmacy: null, note: null, longTerm: true, validUntil: null },
  });
  const detail = itemDetail(desk, { itemKey: keyOf(desk, 'repeat') });
  const medicines = detail.ok && detail.value.kind === 'repeat' ? detail.value.request.medicines : [];
  expect(medicines.map(({ id, status }) => [id, status])).toContainEqual(['losartan', 'approved']);
  const decisions = changes['decide-repeat'].input.shape.decisions.parse([
    { decision: 'approve', medicineId: 'losartan', acknowledged: [] },
    { decision: 'decline', medicineId: 'amoxicillin', reason: 'salg', textForPatient: 'You are allergic to it.' },
  ]);
  const input = { decisions, message: null };
  expect(act(desk, { ...actOn(desk, 'repeat'), kind: 'decide-repeat', input })).toMatchObject({
    ok: false,
    error: { kind: 'invalid-input' },
  });
});

describe('people', () => {
  test('no reply goes into a conversation of which it is not known whose it is', () => {
    desk.db
      .write(
        defineStatement("DELETE FROM thread WHERE number = (SELECT number FROM resource_ref WHERE type = 'Communication' AND id = 't1')"),
      )
      .run({});
    expect(reply('Come in today.').queued).toMatchObject({ ok: false });
  });

  test('no reply goes into a conversation in which somebody else has written as the patient', () => {
    desk.db
      .write(defineStatement('UPDATE message SET patient = :patient WHERE number = :message'))
      .run({ patient: numberResource(desk.db, 'Patient', 'p2'), message: numberResource(desk.db, 'Communication', 'm1') });
    expect(reply('Come in today.').queued).toMatchObject({ ok: false, error: { kind: 'wrong-patient' } });
  });

  test('a result with a value of somebody else is not released', () => {
    const at = '2026-11-18T20:00:00.000Z';
    const detail = { name: 'Potassium', flag: null, reference: null, note: null };
    const values = { versionId: '1', testKey: 'k', at, value: '5.10', number: 5.1, unit: 'mmol/L' };
    saveMeasurement(desk.db, { id: 'o1', patientId: 'p2', ...values, detail: { ...detail, held: true } });
    const input = { comment: null, noComment: true, contact: null };
    expect(act(desk, { ...actOn(desk, 'normal'), kind: 'release-result', input })).toMatchObject({
      ...{ ok: false, error: { kind: 'refused', reason: 'result-not-final' } },
    });
  });
});

describe('the draft of a note on a patient', () => {
  const of = (taskId: string) => ({ itemKey: keyOf(desk, taskId), kind: 'patient-note' as const });
  const found = (taskId: string) => findItemDraft(desk, of(taskId));
  const noteAroha = (text: string) =>
    act(desk, {
      ...{ opId: OpId.parse(randomUUID()), subject: { patientId: PatientId.parse('p1') }, seen: {} },
      kind: 'patient-note',
      input: { text },
    });

  test('is there beside every item of the patient, and of nobody else', () => {
    saveItemDraft(desk, { ...of('message'), text: 'Hard of hearing' });
    expect(found('repeat')).toMatchObject({ value: { text: 'Hard of hearing' } });
    expect(found('lost')).toMatchObject({ value: { text: '' } });
    expect(findItemDraft(desk, { ...of('message'), kind: 'note' })).toMatchObject({ value: { text: '' } });
  });

  test('goes with the act, and a late save does not bring it back', () => {
    saveItemDraft(desk, { ...of('message'), text: 'Hard of hearing' });
    expect(noteAroha('Hard of hearing')).toMatchObject({ ok: true });
    expect(found('message')).toMatchObject({ value: { text: '' } });
    saveItemDraft(desk, { ...of('repeat'), text: 'Hard of hearing ' });
    expect(found('repeat')).toMatchObject({ value: { text: '' } });
  });

  test('has its words back when the note is given up', () => {
    const noted = noteAroha('Hard of hearing');
    const opId = noted.ok ? noted.value.opId : '';
    markSending(desk.db, opId, now());
    markRejected(desk.db, opId, 'The portal refused.', now());
    expect(discardEntry(desk, { opId: OpId.parse(opId) })).toEqual(ok({}));
    expect(found('normal')).toMatchObject({ value: { text: 'Hard of hearing' } });
  });
});

describe('the practice’s policy', () => {
  const draftOf = (days: number, reason: string) =>
    act(practice.as('manager'), {
      ...{ opId: OpId.parse(randomUUID()), subject: {}, seen: {}, kind: 'draft-policy' },
      input: { policy: { v: 1, longestHoldDays: days }, reason },
    });

  test('stays as it is while there is a draft, and who drafts sees the newest one', () => {
    draftOf(90, 'Too long');
    practice.passSeconds(60);
    draftOf(60, 'As we agreed');
    expect(practicePolicy(practice.as('manager'))).toEqual(
      ok({
        inForce: { v: 1, longestHoldDays: 366 },
        draft: {
          policy: { v: 1, longestHoldDays: 60 },
          reason: 'As we agreed',
          by: 'The manager',
          at: '2026-11-20T00:01:00.000Z',
          state: 'queued',
        },
      }),
    );
  });

  test('shows no draft to who may not make one, and none that was given up', () => {
    const drafted = draftOf(90, 'Too long');
    const opId = drafted.ok ? drafted.value.opId : '';
    expect(practicePolicy(practice.as('gp'))).toMatchObject({ value: { inForce: { longestHoldDays: 366 }, draft: null } });
    markSending(desk.db, opId, now());
    markRejected(desk.db, opId, 'The portal refused.', now());
    expect(practicePolicy(practice.as('admin'))).toMatchObject({ value: { draft: { state: 'rejected' } } });
    discardEntry(practice.as('manager'), { opId: OpId.parse(opId) });
    expect(practicePolicy(practice.as('manager'))).toMatchObject({ value: { draft: null } });
  });
});
