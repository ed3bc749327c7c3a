import { isOpen } from '../domain/work-item.ts';
import { closed, defineAct, nothing, takenIfFree } from './define-act.ts';

/** Writes to the patient, and with `finish` ends the item: both reach the server or neither does. */
export const reply = defineAct({
  kind: 'reply',
  livesAt: 'portal',
  permission: 'reply',
  ownership: 'free-or-mine',
  reachesPatient: true,
  onClosedItem: 'refuse',
  requiredVersions: 'everything-shown',
  undoWindowSeconds: 10,
  clinical: false,
  leavesRecord: false,
  typedWords: ({ text }) => ({ draft: 'reply', text }),
  patientWords: nothing,
  writes: ({ messageId, text }) => ({ to: 'thread', id: messageId, text }),
  reapply: ({ text, finish, outcome }) => ({ text, finish, outcome }),
  applyTo: (row, { finish }, acted) =>
    takenIfFree(finish ? closed(row, 'completed', acted.at) : { ...row, status: isOpen(row) ? 'in-progress' : row.status }, acted),
  auditDetail: () => '',
});
