import { defineAct, nothing } from './define-act.ts';

/** A note inside the practice on a patient, seen beside every item of theirs. It only adds. */
export const patientNote = defineAct({
  kind: 'patient-note',
  livesAt: 'portal',
  permission: 'note',
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: ({ text }) => ({ draft: 'patient-note', text }),
  patientWords: nothing,
  writes: ({ noteId, text }) => ({ to: 'notes', id: noteId, text }),
  reapply: ({ text }) => ({ text }),
  auditDetail: () => '',
});
