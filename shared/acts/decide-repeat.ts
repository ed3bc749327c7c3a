import { closed, defineAct, nothing, takenIfFree } from './define-act.ts';

/** Approves or declines each medicine of one request, and tells the patient once. */
export const decideRepeat = defineAct({
  kind: 'decide-repeat',
  livesAt: 'portal',
  permission: 'approve-repeat',
  ownership: 'free-or-mine',
  reachesPatient: true,
  onClosedItem: 'refuse',
  requiredVersions: 'everything-shown',
  undoWindowSeconds: 10,
  clinical: true,
  leavesRecord: false,
  typedWords: ({ decisions }) => {
    const declined = decisions.flatMap((decision) => (decision.decision === 'decline' ? [decision.textForPatient] : []));
    return declined.length === 0 ? null : { draft: 'decline-text', text: declined.join('\n') };
  },
  patientWords: ({ answerText }) => answerText,
  writes: nothing,
  reapply: ({ decisions, answerText }) => ({ decisions, message: answerText }),
  applyTo: (row, { decisions }, acted) =>
    takenIfFree(closed(row, decisions.every(({ decision }) => decision === 'decline') ? 'rejected' : 'completed', acted.at), acted),
  auditDetail: ({ decisions }) => decisions.map(({ decision, medicineId }) => `${decision} MedicationRequest/${medicineId}`).join('; '),
});
