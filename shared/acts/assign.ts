import { defineAct, nothing } from './define-act.ts';

/** Gives an item to a person, who has not taken it up yet, or to a pool. Anybody's item: this is how a colleague's is taken over. */
export const assign = defineAct({
  kind: 'assign',
  livesAt: 'portal',
  permission: 'triage',
  ownership: 'anyone',
  reachesPatient: false,
  onClosedItem: 'refuse',
  requiredVersions: 'row',
  undoWindowSeconds: 10,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: ({ assignee }) => ({ assignee }),
  applyTo: (row, { assignee }) =>
    assignee.to === 'staff'
      ? { ...row, ownerId: assignee.staffId, ownerName: assignee.name }
      : { ...row, ownerId: null, ownerName: null, pool: assignee.pool, status: 'requested' },
  auditDetail: ({ assignee }) => (assignee.to === 'pool' ? `pool ${assignee.pool}` : `PractitionerRole/${assignee.staffId}`),
});
