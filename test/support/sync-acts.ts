import { randomUUID } from 'node:crypto';
import { performNow } from '../../electron/features/acts/perform.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import type { ActRequest } from '../../shared/changes/changes.ts';
import { addDays, dayOf } from '../../shared/dates.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { MedicineDecision } from '../../shared/domain/repeat-request.ts';
import { OpId, StaffId } from '../../shared/ids.schema.ts';
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

export function kindFor(act: ActName): 'message' | 'repeat' | 'result' {
  if (act === 'decide-repeat' || act === 'decline-repeat') return 'repeat';
  return act === 'release-result' || act === 'hold-result' ? 'result' : 'message';
}

/** Makes the act as the app does, on what the screen shows of the item of a Task. It was made so long ago that it is due at once. */
export function queueAct(desk: SyncDesk, taskId: string, act: ActName, author: Author): string {
  const at = deskOf(desk, author);
  const item = findItemOfTask(desk.store.db, taskId);
  const detail = item && itemDetail(at, { itemKey: item.key });
  if (!detail?.ok) throw new Error(`${taskId}: ${detail?.error.kind ?? 'no item'}`);
  const request = requestFor(at, detail.value, act);
  const { reply } = performNow(at, { request, author: { staff: at.user, subject: at.subject }, now: at.now() });
  if (!reply.ok) throw new Error(`${act} on ${taskId} is refused: ${JSON.stringify(reply.error)}`);
  return reply.value.opId;
}

/** Longer than any act can be taken back. */
const longAgoMs = 11_000;

function deskOf({ store, journal, clock }: SyncDesk, { staffId, name, subject }: Author): UseCaseContext {
  const madeAt = clock.now() - longAgoMs;
  return {
    db: store.db,
    reader: store.reader,
    journal,
    user: { id: StaffId.parse(staffId), practitionerId: staffId, name, role: 'gp', cpn: null },
    subject,
    zone: 'Pacific/Auckland',
    now: () => madeAt,
    newId: randomUUID,
    announce: () => undefined,
    sync: {
      status: () => ({
        state: 'up-to-date',
        lastUpdateAt: null,
        progress: null,
        waiting: 0,
        needsAttention: 0,
        quarantined: 0,
        problem: null,
      }),
      syncNow: () => undefined,
      wake: () => undefined,
    },
    compareBodies: () => [],
  };
}

/** The acts' own inputs: what a person would choose. */
function requestFor(desk: UseCaseContext, detail: ItemDetail, act: ActName): ActRequest {
  const { item, seen } = detail;
  const common = { opId: OpId.parse(randomUUID()), subject: { itemKey: item.key, patientId: item.patientId }, seen };
  switch (act) {
    case 'claim':
      return { ...common, kind: 'claim', input: {} };
    case 'assign':
      return { ...common, kind: 'assign', input: { assignee: { to: 'staff', staffId: StaffId.parse('role-hinewai'), name: 'Hinewai' } } };
    case 'set-priority':
      return { ...common, kind: 'set-priority', input: { priority: 'stat' } };
    case 'finish':
      return { ...common, kind: 'finish', input: { outcome: 'advice' } };
    case 'reply':
      return { ...common, kind: 'reply', input: { text: 'Kia ora, all is well.', finish: true, outcome: 'advice' } };
    case 'note':
      return { ...common, kind: 'note', input: { text: 'Rang, no answer.' } };
    case 'decide-repeat':
    case 'decline-repeat':
      return { ...common, kind: 'decide-repeat', input: { decisions: decisionsOn(detail, act), message: null } };
    case 'release-result':
      return { ...common, kind: 'release-result', input: { comment: null, noComment: true, contact: contactFor(desk, detail) } };
    case 'hold-result': {
      const untilOn = addDays(dayOf(desk.now(), desk.zone), 7);
      return { ...common, kind: 'hold-result', input: { reason: 'discuss-first', reasonText: null, untilOn } };
    }
  }
}

/** All approved with whatever must be acknowledged, or all declined. */
function decisionsOn(detail: ItemDetail, act: 'decide-repeat' | 'decline-repeat'): MedicineDecision[] {
  if (detail.kind !== 'repeat') return [];
  return detail.request.medicines.map(({ id, findings }) =>
    act === 'decide-repeat'
      ? { decision: 'approve', medicineId: id, acknowledged: findings.map(({ rule }) => rule) }
      : { decision: 'decline', medicineId: id, reason: 'review-overdue', textForPatient: 'Please see us first.' },
  );
}

/** The talk with the patient, where the result may not go without one. */
function contactFor(desk: UseCaseContext, detail: ItemDetail) {
  const needs = detail.kind === 'result' ? detail.result.gate.needs : [];
  const isNeeded = needs.includes('contact-recorded') || needs.includes('discussion-recorded');
  return isNeeded ? { how: 'phone' as const, at: new Date(desk.now()).toISOString(), note: 'She is coming in.' } : null;
}
