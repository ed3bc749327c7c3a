import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replyToThread } from '../../electron/features/acts/messages.ts';
import { decideRepeat } from '../../electron/features/acts/repeats.ts';
import { releaseResult } from '../../electron/features/acts/results.ts';
import { findItemDraft, saveItemDraft } from '../../electron/features/marks/drafts.ts';
import { undoEntry } from '../../electron/features/outbox/outbox.ts';
import { resolveConflict } from '../../electron/features/outbox/outbox-conflict.ts';
import type { Desk } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { markConflict, markSending } from '../../electron/store/outbox/outbox-send.ts';
import { saveMedicineRequest } from '../../electron/store/record/medicines.ts';
import { saveMeasurement } from '../../electron/store/record/results.ts';
import { contract } from '../../shared/contract.ts';
import { ItemId, OpId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: Desk;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

const itemId = ItemId.parse('message');
const newOp = () => OpId.parse(randomUUID());

function seenOf(item: string) {
  const detail = itemDetail(desk, { itemId: ItemId.parse(item) });
  if (!detail.ok) throw new Error(detail.error.kind);
  return { patientId: detail.value.item.patientId, seen: detail.value.seen };
}

function reply(text: string) {
  const opId = newOp();
  const queued = replyToThread(desk, { opId, itemId, ...seenOf('message'), text, finish: false, outcome: null });
  return { opId, queued };
}

const draft = () => findItemDraft(desk, { itemId, kind: 'reply' });

describe('words', () => {
  test('doing mine again keeps what was typed since', () => {
    const { opId } = reply('Come in today.');
    markSending(desk.db, opId, new Date(desk.now()).toISOString());
    markConflict(desk.db, opId, 'Somebody else was first.', new Date(desk.now()).toISOString());
    saveItemDraft(desk, { itemId, kind: 'reply', text: 'And bring your inhaler.' });
    const input = contract['outbox.resolve-conflict'].input.parse({
      ...{ opId, choice: 'do-mine-again', newOpId: newOp(), seen: seenOf('message').seen },
    });
    expect(resolveConflict(desk, input)).toEqual(ok({}));
    expect(draft()).toMatchObject({ value: { text: 'And bring your inhaler.' } });
  });

  test('a draft that is saved late does not bring back words that are on their way', () => {
    reply('Come in today.');
    expect(saveItemDraft(desk, { itemId, kind: 'reply', text: 'Come in today. ' })).toMatchObject({ ok: true });
    expect(draft()).toMatchObject({ value: { text: '' } });
    saveItemDraft(desk, { itemId, kind: 'reply', text: 'Come in today, not tomorrow.' });
    expect(draft()).toMatchObject({ value: { text: 'Come in today, not tomorrow.' } });
  });

  test('after an undo the same words are a draft like any other', () => {
    const { opId } = reply('Come in today.');
    expect(undoEntry(desk, { opId })).toEqual(ok({}));
    saveItemDraft(desk, { itemId, kind: 'reply', text: 'Come in today.' });
    expect(draft()).toMatchObject({ value: { text: 'Come in today.' } });
  });
});

test('a medicine that has its order already is not ordered again, although its proposal still stands', () => {
  const order = { versionId: '1', intent: 'order', status: 'active', patientId: 'p1', groupId: null, basedOn: 'losartan', priorId: null };
  const name = { brandName: null, strength: '50 mg', form: 'tablet', dose: '1 daily', supplyDays: 90, repeatsAllowed: 3 };
  saveMedicineRequest(desk.db, {
    ...{ ...order, id: 'order-1', code: null, medicineKey: 'losartan', authoredOn: '2026-11-20', requesterName: 'Dr Rangi Parata' },
    detail: { genericName: 'losartan', ...name, pharmacy: null, note: null, longTerm: true, validUntil: null },
  });
  const detail = itemDetail(desk, { itemId: ItemId.parse('repeat') });
  const medicines = detail.ok && detail.value.kind === 'repeat' ? detail.value.request.medicines : [];
  expect(medicines.map(({ id, status }) => [id, status])).toContainEqual(['losartan', 'approved']);
  const decisions = contract['repeats.decide'].input.shape.decisions.parse([
    { decision: 'approve', medicineId: 'losartan', acknowledged: [] },
    { decision: 'decline', medicineId: 'amoxicillin', reason: 'salg', textForPatient: 'You are allergic to it.' },
  ]);
  const input = { opId: newOp(), itemId: ItemId.parse('repeat'), ...seenOf('repeat'), decisions, message: null };
  expect(decideRepeat(desk, input)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
});

describe('people', () => {
  test('no reply goes into a conversation of which it is not known whose it is', () => {
    desk.db.write(defineStatement("DELETE FROM thread WHERE id = 't1'")).run({});
    expect(reply('Come in today.').queued).toMatchObject({ ok: false });
  });

  test('no reply goes into a conversation in which somebody else has written as the patient', () => {
    desk.db.write(defineStatement("UPDATE message SET patient_id = 'p2' WHERE id = 'm1'")).run({});
    expect(reply('Come in today.').queued).toMatchObject({ ok: false, error: { kind: 'wrong-patient' } });
  });

  test('a result with a value of somebody else is not released', () => {
    const at = '2026-11-18T20:00:00.000Z';
    const detail = { name: 'Potassium', flag: null, reference: null, note: null };
    const values = { versionId: '1', testKey: 'k', at, value: '5.10', number: 5.1, unit: 'mmol/L' };
    saveMeasurement(desk.db, { id: 'o1', patientId: 'p2', ...values, detail: { ...detail, held: true } });
    const release = { comment: null, noComment: true, contact: null };
    expect(releaseResult(desk, { opId: newOp(), itemId: ItemId.parse('normal'), ...seenOf('normal'), ...release })).toMatchObject({
      ...{ ok: false, error: { kind: 'refused', reason: 'result-not-final' } },
    });
  });
});
