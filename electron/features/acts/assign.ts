import type { Assignee } from '../../../shared/changes/assign.ts';
import { err, ok } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import { findStaff } from '../../store/record/staff.ts';
import type { Decide } from './define-decide.ts';

export const decideAssign: Decide<'assign'> = ({ db, input }) => {
  const assignee = knownAssignee(db, input.assignee);
  return assignee ? ok({ change: { kind: 'assign', v: 1, assignee } }) : err({ kind: 'not-found' });
};

/** The name is ours to look up: what a window says about a person is not taken on trust. */
function knownAssignee(db: ReadDb, assignee: Assignee): Assignee | undefined {
  if (assignee.to === 'pool') return assignee;
  const staff = findStaff(db, assignee.staffId);
  return staff && { to: 'staff', staffId: staff.id, name: staff.name };
}
