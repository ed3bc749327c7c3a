import { randomUUID } from 'node:crypto';
import { performNow } from '../../electron/features/acts/perform.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import type { ActRequest } from '../../shared/changes/changes.ts';
import type { Performed } from '../../shared/contract.ts';
import type { RepeatRequest } from '../../shared/domain/repeat-request.ts';
import type { AppError } from '../../shared/errors.ts';
import { OpId, StaffId } from '../../shared/ids.schema.ts';
import type { ItemKey } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';

type Common = ReturnType<typeof actOn>;

/** The item of a Task of the test practice. */
export function keyOf(context: UseCaseContext, taskId: string): ItemKey {
  const item = findItemOfTask(context.db, taskId);
  if (!item) throw new Error(`${taskId}: no item`);
  return item.key;
}

/** What every act on an item names, as the screen that shows it would. */
export function actOn(context: UseCaseContext, taskId: string) {
  const itemKey = keyOf(context, taskId);
  const detail = itemDetail(context, { itemKey });
  if (!detail.ok) throw new Error(detail.error.kind);
  return { opId: OpId.parse(randomUUID()), subject: { itemKey, patientId: detail.value.item.patientId }, seen: detail.value.seen };
}

/** Has an act done as a window would, by the person of the context. */
export function act(context: UseCaseContext, request: ActRequest): Result<Performed, AppError> {
  return performNow(context, { request, author: { staff: context.user, subject: context.subject }, now: context.now() }).reply;
}

function decideOnBoth(context: UseCaseContext, common: Common): ActRequest {
  const detail = itemDetail(context, { itemKey: common.subject.itemKey });
  const asked: RepeatRequest['medicines'] = detail.ok && detail.value.kind === 'repeat' ? detail.value.request.medicines : [];
  const acknowledged = asked.find(({ id }) => id === 'losartan')?.findings.map(({ rule }) => rule) ?? [];
  return {
    ...common,
    kind: 'decide-repeat',
    input: {
      decisions: [
        { decision: 'approve', medicineId: 'losartan', acknowledged },
        { decision: 'decline', medicineId: 'amoxicillin', reason: 'salg', textForPatient: 'Your record shows an allergy.' },
      ],
      message: 'Words for Aroha.',
    },
  };
}

interface AnAct {
  readonly name: string;
  /** Its Task. */
  readonly item: string;
  readonly request: (common: Common, context: UseCaseContext) => ActRequest;
}

const theNurse = { to: 'staff', staffId: StaffId.parse('role-nurse'), name: 'The nurse' } as const;

/** Each act that a person can make, on the practice of practice-desk.ts, all of them with words where there can be words. */
export const everyAct: readonly AnAct[] = [
  { name: 'claim', item: 'message', request: (common) => ({ ...common, kind: 'claim', input: {} }) },
  { name: 'release-claim', item: 'message', request: (common) => ({ ...common, kind: 'release-claim', input: {} }) },
  { name: 'assign to a person', item: 'message', request: (common) => ({ ...common, kind: 'assign', input: { assignee: theNurse } }) },
  {
    name: 'assign to a team',
    item: 'message',
    request: (common) => ({ ...common, kind: 'assign', input: { assignee: { to: 'pool', pool: 'nurse' } } }),
  },
  { name: 'set-priority', item: 'message', request: (common) => ({ ...common, kind: 'set-priority', input: { priority: 'asap' } }) },
  { name: 'note', item: 'message', request: (common) => ({ ...common, kind: 'note', input: { text: 'Rang Aroha.' } }) },
  {
    name: 'reply',
    item: 'message',
    request: (common) => ({ ...common, kind: 'reply', input: { text: 'Kia ora Aroha.', finish: false, outcome: null } }),
  },
  { name: 'finish', item: 'message', request: (common) => ({ ...common, kind: 'finish', input: { outcome: 'advice' } }) },
  { name: 'decide-repeat', item: 'repeat', request: (common, context) => decideOnBoth(context, common) },
  {
    name: 'release-result',
    item: 'normal',
    request: (common) => ({
      ...common,
      kind: 'release-result',
      input: { comment: 'All is well, Aroha.', noComment: false, contact: null },
    }),
  },
  {
    name: 'hold-result',
    item: 'critical',
    request: (common) => ({
      ...common,
      kind: 'hold-result',
      input: { reason: 'other', reasonText: 'Aroha is away.', untilOn: '2026-11-27' },
    }),
  },
];

/** Makes the act of that name with what is on the screen now. */
export function makeAct(context: UseCaseContext, name: string): Performed {
  const one = everyAct.find((each) => each.name === name);
  const done = one && act(context, one.request(actOn(context, one.item), context));
  if (!done?.ok) throw new Error(`${name}: ${done?.error.kind ?? 'no such act'}`);
  return done.value;
}
