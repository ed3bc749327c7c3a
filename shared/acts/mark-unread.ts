import { defineAct, nothing } from './define-act.ts';

/** Reading state of one person: the item stays where it is in every list (SAFETY I4). */
export const markUnread = defineAct({
  kind: 'mark-unread',
  livesAt: 'here',
  permission: 'read',
  ownership: 'anyone',
  reachesPatient: false,
  onClosedItem: 'allow',
  requiredVersions: 'none',
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: () => ({}),
  applyTo: (row) => row,
  auditDetail: () => '',
});
