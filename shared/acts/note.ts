import { defineAct, nothing } from './define-act.ts';

/** A note inside the practice only adds: it holds whatever else changed, and on a closed item too. */
export const note = defineAct({
  kind: 'note',
  livesAt: 'portal',
  permission: 'note',
  ownership: 'anyone',
  reachesPatient: false,
  onClosedItem: 'allow',
  requiredVersions: 'none',
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: ({ text }) => ({ draft: 'note', text }),
  patientWords: nothing,
  writes: ({ noteId, text }) => ({ to: 'notes', id: noteId, text }),
  reapply: ({ text }) => ({ text }),
  applyTo: (row) => row,
  auditDetail: () => '',
});
