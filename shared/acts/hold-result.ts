import { dayOf } from '../dates.ts';
import { defineAct, nothing } from './define-act.ts';

/** Keeps a result from the patient, with a reason, an owner and an end: nothing is held for ever. */
export const holdResult = defineAct({
  kind: 'hold-result',
  livesAt: 'portal',
  permission: 'release-result',
  ownership: 'free-or-mine',
  reachesPatient: false,
  onClosedItem: 'refuse',
  requiredVersions: 'everything-shown',
  undoWindowSeconds: 0,
  clinical: true,
  leavesRecord: true,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: ({ reason, reasonText, untilAt }, zone) => ({ reason, reasonText, untilOn: dayOf(untilAt, zone) }),
  applyTo: (row, { ownerId, ownerName, untilAt }) => ({ ...row, status: 'on-hold', ownerId, ownerName, dueAt: untilAt }),
  auditDetail: ({ reportId }) => `DiagnosticReport/${reportId}`,
});
