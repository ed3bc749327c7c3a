import { defineAct, nothing } from './define-act.ts';

export const setPriority = defineAct({
  kind: 'set-priority',
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
  reapply: ({ priority }) => ({ priority }),
  applyTo: (row, { priority }) => ({ ...row, priority }),
  auditDetail: ({ priority }) => priority,
});
