import { defineAct, nothing } from './define-act.ts';

/** Proposes other rules for the practice. A draft is in force for nobody. */
export const draftPolicy = defineAct({
  kind: 'draft-policy',
  livesAt: 'portal',
  permission: 'manage',
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: ({ policy, reason }) => ({ policy, reason }),
  auditDetail: ({ draftId }) => `Library/${draftId}`,
});
