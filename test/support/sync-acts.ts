import { randomUUID } from 'node:crypto';
import { assignItem, claimItem, finishItem, setPriority } from '../../electron/features/acts/items.ts';
import { replyToThread } from '../../electron/features/acts/messages.ts';
import { addNote } from '../../electron/features/acts/notes.ts';
import { decideRepeat } from '../../electron/features/acts/repeats.ts';
import { holdResult, releaseResult } from '../../electron/features/acts/results.ts';
import type { Desk } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import type { Queued } from '../../shared/contract.ts';
import { addDays, dayOf } from '../../shared/dates.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { MedicineDecision } from '../../shared/domain/repeat-request.ts';
import type { AppError } from '../../shared/errors.ts';
import { ItemId, OpId, StaffId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
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

/** Makes the act with the product's own use case, on what the screen shows of the item. It was made so long ago that it is due at once. */
export function queueAct(desk: SyncDesk, itemId: string, act: ActName, author: Author): string {
  const at = deskOf(desk, author);
  const detail = itemDetail(at, { itemId: ItemId.parse(itemId) });
  if (!detail.ok) throw new Error(`${itemId}: ${detail.error.kind}`);
  const queued = make(at, detail.value, act);
  if (!queued.ok) throw new Error(`${act} on ${itemId} is refused: ${JSON.stringify(queued.error)}`);
  return queued.value.opId;
}

/** Longer than any act can be taken back. */
const longAgoMs = 11_000;

function deskOf({ store, journal, clock }: SyncDesk, { staffId, name, subject }: Author): Desk {
  const madeAt = clock.now() - longAgoMs;
  return {
    db: store.db,
    journal,
    user: { id: StaffId.parse(staffId), practitionerId: staffId, name, role: 'gp', cpn: null },
    subject,
    zone: 'Pacific/Auckland',
    now: () => madeAt,
    newId: randomUUID,
    announce: () => undefined,
    sync: {
      status: () => ({ state: 'up-to-date', lastUpdateAt: null, progress: null, waiting: 0, needsYou: 0, quarantined: 0, problem: null }),
      syncNow: () => undefined,
      wake: () => undefined,
    },
    compareBodies: () => [],
  };
}

function make(desk: Desk, detail: ItemDetail, act: ActName): Result<Queued, AppError> {
  const { item, seen } = detail;
  const common = { opId: OpId.parse(randomUUID()), itemId: item.id, patientId: item.patientId, seen };
  switch (act) {
    case 'claim':
      return claimItem(desk, common);
    case 'assign':
      return assignItem(desk, { ...common, assignee: { to: 'staff', staffId: StaffId.parse('role-hinewai'), name: 'Hinewai' } });
    case 'set-priority':
      return setPriority(desk, { ...common, priority: 'stat' });
    case 'finish':
      return finishItem(desk, { ...common, outcome: 'advice' });
    case 'reply':
      return replyToThread(desk, { ...common, text: 'Kia ora, all is well.', finish: true, outcome: 'advice' });
    case 'note':
      return addNote(desk, { ...common, text: 'Rang, no answer.' });
    case 'decide-repeat':
    case 'decline-repeat':
      return decideRepeat(desk, { ...common, decisions: decisionsOn(detail, act), message: null });
    case 'release-result':
      return releaseResult(desk, { ...common, comment: null, noComment: true, contact: contactFor(desk, detail) });
    case 'hold-result': {
      const untilOn = addDays(dayOf(desk.now(), desk.zone), 7);
      return holdResult(desk, { ...common, reason: 'discuss-first', reasonText: null, untilOn });
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
function contactFor(desk: Desk, detail: ItemDetail) {
  const needs = detail.kind === 'result' ? detail.result.gate.needs : [];
  const isNeeded = needs.includes('contact-recorded') || needs.includes('discussion-recorded');
  return isNeeded ? { how: 'phone' as const, at: new Date(desk.now()).toISOString(), note: 'She is coming in.' } : null;
}
