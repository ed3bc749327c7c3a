import { z } from 'zod';
import { applyTo } from '../../../shared/acts/acts.ts';
import type { QueuedChange } from '../../../shared/changes/changes.ts';
import type { OutboxState } from '../../../shared/domain/outbox.ts';
import { Pool } from '../../../shared/domain/staff.schema.ts';
import { ItemStatus, Priority } from '../../../shared/domain/work-item.schema.ts';
import type { PendingState } from '../../../shared/domain/work-item.ts';

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

interface Waiting {
  readonly state: OutboxState;
  readonly change: QueuedChange;
}

function after(state: ServerState, { change, authorId, authorName, createdAt }: QueuedChange): ServerState {
  return applyTo(change.kind, state, change, { authorId, authorName, at: createdAt });
}

const hasFailed = (state: OutboxState) => state === 'conflict' || state === 'rejected';

/** All waiting changes of an item, oldest first, on top of what the server said. A failed one has no effect and holds back those after it (SAFETY I10). */
export function overlay(server: ServerState, waiting: readonly Waiting[]): ServerState {
  const failedAt = waiting.findIndex(({ state }) => hasFailed(state));
  const effective = failedAt === -1 ? waiting : waiting.slice(0, failedAt);
  return effective.reduce((state, { change }) => after(state, change), server);
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
