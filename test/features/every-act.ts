import { randomUUID } from 'node:crypto';
import { assignItem, claimItem, finishItem, releaseClaim, setPriority } from '../../electron/features/acts/items.ts';
import { replyToThread } from '../../electron/features/acts/messages.ts';
import { addNote } from '../../electron/features/acts/notes.ts';
import { decideRepeat } from '../../electron/features/acts/repeats.ts';
import { holdResult, releaseResult } from '../../electron/features/acts/results.ts';
import type { Desk } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import type { Queued } from '../../shared/contract.ts';
import type { RepeatRequest } from '../../shared/domain/repeat-request.ts';
import type { AppError } from '../../shared/errors.ts';
import { ItemId, OpId, StaffId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';

type Common = ReturnType<typeof actOn>;

/** What every act on an item names, as the screen that shows it would. */
export function actOn(desk: Desk, item: string) {
  const itemId = ItemId.parse(item);
  const detail = itemDetail(desk, { itemId });
  if (!detail.ok) throw new Error(detail.error.kind);
  return { opId: OpId.parse(randomUUID()), itemId, patientId: detail.value.item.patientId, seen: detail.value.seen };
}

function decideOnBoth(desk: Desk, common: Common) {
  const detail = itemDetail(desk, { itemId: common.itemId });
  const asked: RepeatRequest['medicines'] = detail.ok && detail.value.kind === 'repeat' ? detail.value.request.medicines : [];
  const acknowledged = asked.find(({ id }) => id === 'losartan')?.findings.map(({ rule }) => rule) ?? [];
  return decideRepeat(desk, {
    ...common,
    decisions: [
      { decision: 'approve', medicineId: 'losartan', acknowledged },
      { decision: 'decline', medicineId: 'amoxicillin', reason: 'salg', textForPatient: 'Your record shows an allergy.' },
    ],
    message: 'Words for Aroha.',
  });
}

interface AnAct {
  readonly name: string;
  readonly item: string;
  readonly make: (desk: Desk, common: Common) => Result<Queued, AppError>;
}

/** Each act that a person can make, on the practice of practice-desk.ts, all of them with words where there can be words. */
export const everyAct: readonly AnAct[] = [
  { name: 'claim', item: 'message', make: claimItem },
  { name: 'release-claim', item: 'message', make: releaseClaim },
  {
    name: 'assign to a person',
    item: 'message',
    make: (desk, common) =>
      assignItem(desk, { ...common, assignee: { to: 'staff', staffId: StaffId.parse('role-nurse'), name: 'The nurse' } }),
  },
  {
    name: 'assign to a team',
    item: 'message',
    make: (desk, common) => assignItem(desk, { ...common, assignee: { to: 'pool', pool: 'nurse' } }),
  },
  { name: 'set-priority', item: 'message', make: (desk, common) => setPriority(desk, { ...common, priority: 'asap' }) },
  { name: 'note', item: 'message', make: (desk, common) => addNote(desk, { ...common, text: 'Rang Aroha.' }) },
  {
    name: 'reply',
    item: 'message',
    make: (desk, common) => replyToThread(desk, { ...common, text: 'Kia ora Aroha.', finish: false, outcome: null }),
  },
  { name: 'finish', item: 'message', make: (desk, common) => finishItem(desk, { ...common, outcome: 'advice' }) },
  { name: 'decide-repeat', item: 'repeat', make: decideOnBoth },
  {
    name: 'release-result',
    item: 'normal',
    make: (desk, common) => releaseResult(desk, { ...common, comment: 'All is well, Aroha.', noComment: false, contact: null }),
  },
  {
    name: 'hold-result',
    item: 'critical',
    make: (desk, common) => holdResult(desk, { ...common, reason: 'other', reasonText: 'Aroha is away.', untilOn: '2026-11-27' }),
  },
];

/** Makes the act of that name with what is on the screen now. */
export function makeAct(desk: Desk, name: string): Queued {
  const act = everyAct.find((each) => each.name === name);
  const queued = act?.make(desk, actOn(desk, act.item));
  if (!queued?.ok) throw new Error(`${name}: ${queued?.error.kind ?? 'no such act'}`);
  return queued.value;
}
