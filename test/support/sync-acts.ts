import { randomUUID } from 'node:crypto';
import { requestedMedicines } from '../../electron/store/medicines.ts';
import { versionsOf } from '../../electron/store/mirror.ts';
import { enqueue } from '../../electron/store/outbox.ts';
import { findTestReport, measurementsOf } from '../../electron/store/results.ts';
import { findItemFocus, findWorkItem } from '../../electron/store/work-item.ts';
import { QueuedChange } from '../../shared/domain/change.ts';
import type { SyncDesk } from './sync-desk.ts';

export interface Author {
  readonly staffId: string;
  readonly name: string;
  readonly subject: string;
}

export const drRangi: Author = { staffId: 'role-dr-rangi', name: 'Dr Rangi Parata', subject: 'subject-dr-rangi' };
export const drPatel: Author = { staffId: 'role-dr-patel', name: 'Dr Arjun Patel', subject: 'subject-dr-patel' };

export type ActName = (typeof actNames)[number];
export const actNames = [
  'claim',
  'assign',
  'set-priority',
  'finish',
  'reply',
  'note',
  'decide-repeat',
  'decline-repeat',
  'release-result',
  'hold-result',
] as const;

/** Which generated item an act is tried on. */
export const itemOf = { message: 'task-message-', repeat: 'task-repeat-', result: 'task-result-' } as const;

export function kindFor(act: ActName): keyof typeof itemOf {
  if (act === 'decide-repeat' || act === 'decline-repeat') return 'repeat';
  return act === 'release-result' || act === 'hold-result' ? 'result' : 'message';
}

/** Queues an act as the screens would: with the versions that the mirror holds of everything shown. No hold: due at once. */
export function queueAct(desk: SyncDesk, itemId: string, act: ActName, author: Author): string {
  const { db } = desk.store;
  const item = findWorkItem(db, itemId);
  if (!item) throw new Error(`No item ${itemId}`);
  const focusRef = findItemFocus(db, itemId)?.focusRef ?? '';
  const now = new Date(desk.clock.now()).toISOString();
  const shown = shownOf(desk, item.kind, focusRef);
  const refs = [`Task/${itemId}`, ...(item.patientId === null ? [] : [`Patient/${item.patientId}`]), ...shown];
  const change = QueuedChange.parse({
    opId: randomUUID(),
    itemId,
    patientId: item.patientId,
    authorId: author.staffId,
    authorName: author.name,
    authorSubject: author.subject,
    createdAt: now,
    seen: versionsOf(db, refs),
    change: changeOf(desk, act, focusRef),
  });
  db.transaction(() => enqueue(db, change, { sendsAt: now, summary: act }));
  return change.opId;
}

const idOf = (ref: string) => ref.split('/')[1] ?? '';

function shownOf({ store: { db } }: SyncDesk, kind: string, focusRef: string): readonly string[] {
  if (kind === 'repeat') return requestedMedicines(db, idOf(focusRef)).map(({ id }) => `MedicationRequest/${id}`);
  if (kind !== 'result') return [focusRef];
  const report = findTestReport(db, idOf(focusRef));
  return report ? [focusRef, ...measurementsOf(db, report).map(({ id }) => `Observation/${id}`)] : [];
}

function changeOf(desk: SyncDesk, act: ActName, focusRef: string): object {
  const { db } = desk.store;
  const id = idOf(focusRef);
  switch (act) {
    case 'claim':
      return { kind: 'claim', v: 1 };
    case 'assign':
      return { kind: 'assign', v: 1, assignee: { to: 'staff', staffId: 'role-hinewai', name: 'Hinewai' } };
    case 'set-priority':
      return { kind: 'set-priority', v: 1, priority: 'stat' };
    case 'finish':
      return { kind: 'finish', v: 1, outcome: 'advice' };
    case 'reply':
      return {
        kind: 'reply',
        v: 1,
        threadId: id,
        inResponseTo: null,
        messageId: randomUUID(),
        text: 'Kia ora, all is well.',
        finish: true,
        outcome: 'advice',
      };
    case 'note':
      return { kind: 'note', v: 1, noteId: randomUUID(), text: 'Rang, no answer.' };
    case 'decide-repeat':
    case 'decline-repeat':
      return {
        kind: 'decide-repeat',
        v: 1,
        decisions: requestedMedicines(db, id).map((medicine) => ({
          ...(act === 'decide-repeat'
            ? { decision: 'approve', acknowledged: [] }
            : { decision: 'decline', reason: 'review-overdue', textForPatient: 'Please see us first.' }),
          medicineId: medicine.id,
          orderOpId: randomUUID(),
          orderId: randomUUID(),
          medicineText: medicine.detail.genericName,
          findings: [],
        })),
        answerId: randomUUID(),
        answerOpId: randomUUID(),
        answerText: 'Your repeat prescription was looked at.',
      };
    case 'release-result':
    case 'hold-result': {
      const report = findTestReport(db, id);
      if (!report) throw new Error(`No report ${id}`);
      const measurementIds = report.detail.measurementIds;
      const until = new Date(desk.clock.now() + 86_400_000).toISOString();
      return act === 'release-result'
        ? {
            kind: 'release-result',
            v: 1,
            reportId: id,
            measurementIds,
            comment: null,
            commentId: randomUUID(),
            commentOpId: randomUUID(),
            contact: null,
          }
        : {
            kind: 'hold-result',
            v: 1,
            reportId: id,
            reason: 'discuss-first',
            reasonText: null,
            untilAt: until,
            ownerId: 'role-dr-rangi',
            ownerName: 'Dr Rangi Parata',
          };
    }
  }
}
