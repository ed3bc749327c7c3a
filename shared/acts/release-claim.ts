import { defineAct, nothing } from './define-act.ts';

/** Gives an item back to its pool. */
export const releaseClaim = defineAct({
  kind: 'release-claim',
  livesAt: 'portal',
  permission: 'triage',
  ownership: 'mine',
  reachesPatient: false,
  onClosedItem: 'refuse',
  requiredVersions: 'row',
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: () => ({}),
  applyTo: (row) => ({ ...row, ownerId: null, ownerName: null, status: 'requested' }),
  auditDetail: () => '',
});
