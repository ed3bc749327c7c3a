import { defineAct, nothing } from './define-act.ts';

/** Takes an item that nobody has. One winner: the server decides between two desktops (SAFETY I9). */
export const claim = defineAct({
  kind: 'claim',
  livesAt: 'portal',
  permission: 'triage',
  ownership: 'free-or-mine',
  reachesPatient: false,
  onClosedItem: 'refuse',
  requiredVersions: 'row',
  // Until it arrives a colleague may take the item too: it goes at once.
  undoWindowSeconds: 0,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: () => ({}),
  applyTo: (row, _change, { authorId, authorName }) => ({
    ...row,
    ownerId: authorId,
    ownerName: authorName,
    status: row.status === 'requested' ? 'accepted' : row.status,
  }),
  auditDetail: () => '',
});
