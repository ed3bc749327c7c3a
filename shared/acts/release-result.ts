import { closed, defineAct, nothing, takenIfFree } from './define-act.ts';

/** Lets the patient see a result, with or without words to go with it. */
export const releaseResult = defineAct({
  kind: 'release-result',
  livesAt: 'portal',
  permission: 'release-result',
  ownership: 'free-or-mine',
  reachesPatient: true,
  onClosedItem: 'refuse',
  requiredVersions: 'everything-shown',
  undoWindowSeconds: 10,
  clinical: true,
  leavesRecord: true,
  typedWords: ({ comment }) => (comment === null ? null : { draft: 'release-comment', text: comment }),
  patientWords: nothing,
  writes: nothing,
  reapply: ({ comment, contact }) => ({ comment, noComment: comment === null, contact }),
  applyTo: (row, _change, acted) => takenIfFree(closed(row, 'completed', acted.at), acted),
  auditDetail: ({ reportId }) => `DiagnosticReport/${reportId}`,
});
