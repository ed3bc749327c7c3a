import { z } from 'zod';
import type { QueuedChange } from '../../../shared/domain/change.ts';
import type { OutboxState } from '../../../shared/domain/outbox.ts';
import { Pool } from '../../../shared/domain/staff.ts';
import { ItemStatus, isOpen, type PendingState, Priority } from '../../../shared/domain/work-item.ts';

/** What our own changes can alter in a row: on the server as last heard, or as shown after our waiting changes. */
export const ServerState = z.object({
  status: ItemStatus,
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  pool: Pool.nullable(),
  priority: Priority,
  dueAt: z.string().nullable(),
  closedAt: z.string().nullable(),
});
export type ServerState = Readonly<z.infer<typeof ServerState>>;

/** A row as it will be when the server has done the change. */
function afterChange(before: ServerState, { change, authorId, authorName, createdAt }: QueuedChange): ServerState {
  const closed = (status: ItemStatus): ServerState => ({ ...before, status, closedAt: createdAt });
  // Whoever acts on what nobody holds takes it with the act; a change sent to the server says the same.
  const taken = before.ownerId === null ? { ownerId: authorId, ownerName: authorName } : {};
  switch (change.kind) {
    case 'claim':
      return { ...before, ownerId: authorId, ownerName: authorName, status: before.status === 'requested' ? 'accepted' : before.status };
    case 'release-claim':
      return { ...before, ownerId: null, ownerName: null, status: 'requested' };
    case 'assign':
      return change.assignee.to === 'staff'
        ? { ...before, ownerId: change.assignee.staffId, ownerName: change.assignee.name }
        : { ...before, ownerId: null, ownerName: null, pool: change.assignee.pool, status: 'requested' };
    case 'set-priority':
      return { ...before, priority: change.priority };
    case 'reply':
      return { ...(change.finish ? closed('completed') : { ...before, status: isOpen(before) ? 'in-progress' : before.status }), ...taken };
    case 'note':
      return before;
    case 'finish':
      return closed('completed');
    case 'release-result':
      return { ...closed('completed'), ...taken };
    case 'decide-repeat':
      return { ...closed(change.decisions.every(({ decision }) => decision === 'decline') ? 'rejected' : 'completed'), ...taken };
    case 'hold-result':
      return { ...before, status: 'on-hold', ownerId: change.ownerId, ownerName: change.ownerName, dueAt: change.untilAt };
  }
}

interface Waiting {
  readonly state: OutboxState;
  readonly change: QueuedChange;
}

const hasFailed = (state: OutboxState) => state === 'conflict' || state === 'rejected';

/** All waiting changes of an item, oldest first, on top of what the server said. A failed one has no effect and holds back those after it (SAFETY I10). */
export function overlay(server: ServerState, waiting: readonly Waiting[]): ServerState {
  const failedAt = waiting.findIndex(({ state }) => hasFailed(state));
  const effective = failedAt === -1 ? waiting : waiting.slice(0, failedAt);
  return effective.reduce((state, { change }) => afterChange(state, change), server);
}

const pendingByState: Readonly<Record<OutboxState, PendingState>> = {
  queued: 'waiting',
  sending: 'sending',
  unknown: 'sending',
  done: 'none',
  undone: 'none',
  conflict: 'conflict',
  rejected: 'rejected',
  'needs-sign-in': 'needs-sign-in',
};
const bestFirst: readonly PendingState[] = ['none', 'waiting', 'sending', 'needs-sign-in', 'conflict', 'rejected'];

/** The worst of an item's waiting changes: what its row says. */
export function worstPending(waiting: readonly Pick<Waiting, 'state'>[]): PendingState {
  return waiting
    .map(({ state }) => pendingByState[state])
    .reduce<PendingState>((worst, pending) => (bestFirst.indexOf(pending) > bestFirst.indexOf(worst) ? pending : worst), 'none');
}
