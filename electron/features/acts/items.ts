import type { Input, Reply } from '../../../shared/contract.ts';
import type { Assignee } from '../../../shared/domain/change.ts';
import { may, type Permission } from '../../../shared/domain/permissions.ts';
import type { ItemKind } from '../../../shared/domain/work-item.ts';
import { err, ok } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import { findStaff } from '../../store/record/staff.ts';
import type { Desk } from '../use-case-context.ts';
import { queueAct } from './act.ts';

/** Takes an item that nobody has. One winner: the server decides between two desktops (SAFETY I9). */
export function claimItem(desk: Desk, input: Input<'items.claim'>): Reply<'items.claim'> {
  return queueAct(desk, input, {
    kind: 'claim',
    mustStand: 'item',
    decide: ({ item }) =>
      item.ownerId !== null && item.ownerId !== desk.user.id
        ? err({ kind: 'taken', by: item.ownerName ?? 'Somebody else', since: null })
        : ok({ change: { kind: 'claim', v: 1 }, summary: 'Claim' }),
  });
}

export function releaseClaim(desk: Desk, input: Input<'items.release-claim'>): Reply<'items.release-claim'> {
  return queueAct(desk, input, {
    kind: 'release-claim',
    mustStand: 'item',
    decide: ({ item }) => {
      if (item.ownerId === desk.user.id) return ok({ change: { kind: 'release-claim', v: 1 }, summary: 'Release claim' });
      if (item.ownerId === null) return err({ kind: 'stale', changedBy: null, changedAt: null });
      return err({ kind: 'taken', by: item.ownerName ?? 'Somebody else', since: null });
    },
  });
}

export function assignItem(desk: Desk, input: Input<'items.assign'>): Reply<'items.assign'> {
  return queueAct(desk, input, {
    kind: 'assign',
    mustStand: 'item',
    decide: () => {
      const assignee = knownAssignee(desk.db, input.assignee);
      if (!assignee) return err({ kind: 'not-found' });
      return ok({ change: { kind: 'assign', v: 1, assignee }, summary: `Assign to ${assigneeName(assignee)}` });
    },
  });
}

/** The name is ours to look up: what a window says about a person is not taken on trust. */
function knownAssignee(db: ReadDb, assignee: Assignee): Assignee | undefined {
  if (assignee.to === 'pool') return assignee;
  const staff = findStaff(db, assignee.staffId);
  return staff && { to: 'staff', staffId: staff.id, name: staff.name };
}

function assigneeName(assignee: Assignee): string {
  return assignee.to === 'staff' ? assignee.name : `${assignee.pool} team`;
}

export function setPriority(desk: Desk, input: Input<'items.set-priority'>): Reply<'items.set-priority'> {
  const { priority } = input;
  return queueAct(desk, input, {
    kind: 'set-priority',
    mustStand: 'item',
    decide: () => ok({ change: { kind: 'set-priority', v: 1, priority }, summary: `Priority: ${priority}` }),
  });
}

/** Finishing without an answer is a decision too: for a prescription or a result it takes the right to decide on it. */
const neededToFinish: Record<ItemKind, Permission> = { message: 'triage', repeat: 'approve-repeat', result: 'release-result' };

export function finishItem(desk: Desk, input: Input<'items.finish'>): Reply<'items.finish'> {
  return queueAct(desk, input, {
    kind: 'finish',
    mustStand: 'everything',
    decide: ({ item }) => {
      const needs = neededToFinish[item.kind];
      if (!may(desk.user.role, needs)) return err({ kind: 'not-allowed', needs });
      return ok({ change: { kind: 'finish', v: 1, outcome: input.outcome }, summary: 'Done' });
    },
  });
}
