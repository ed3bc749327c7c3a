import { permissionToEnd } from '../domain/permissions.ts';
import { closed, defineAct, nothing } from './define-act.ts';

/** Ends an item with what came of it. */
export const finish = defineAct({
  kind: 'finish',
  livesAt: 'portal',
  permission: permissionToEnd,
  ownership: 'free-or-mine',
  reachesPatient: false,
  onClosedItem: 'refuse',
  requiredVersions: 'everything-shown',
  undoWindowSeconds: 10,
  clinical: false,
  leavesRecord: false,
  typedWords: nothing,
  patientWords: nothing,
  writes: nothing,
  reapply: ({ outcome }) => ({ outcome }),
  applyTo: (row, _change, { at }) => closed(row, 'completed', at),
  auditDetail: () => '',
});
