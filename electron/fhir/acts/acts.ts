import { isPortalChange, type PortalActKind } from '../../../shared/acts/acts.ts';
import type { ChangeMap } from '../../../shared/changes/changes.ts';
import { err, type Result } from '../../../shared/result.ts';
import { assignEntries } from './assign.ts';
import { claimEntries } from './claim.ts';
import { repeatEntries } from './decide-repeat.ts';
import { draftPolicyEntries } from './draft-policy.ts';
import { finishEntries } from './finish.ts';
import { holdEntries } from './hold-result.ts';
import { noteEntries } from './note.ts';
import { patientNoteEntries } from './patient-note.ts';
import { releaseClaimEntries } from './release-claim.ts';
import { releaseEntries } from './release-result.ts';
import { replyEntries } from './reply.ts';
import type { CannotWrite, EntryContext, RequestEntry, ToEntries } from './request-entry.ts';
import { setPriorityEntries } from './set-priority.ts';

/** The writes of each act that goes to the portal. One that forgets its writes does not compile. */
export const portalActs: { readonly [K in PortalActKind]: ToEntries<K> } = {
  claim: claimEntries,
  'release-claim': releaseClaimEntries,
  assign: assignEntries,
  'set-priority': setPriorityEntries,
  finish: finishEntries,
  reply: replyEntries,
  note: noteEntries,
  'decide-repeat': repeatEntries,
  'release-result': releaseEntries,
  'hold-result': holdEntries,
  'patient-note': patientNoteEntries,
  'draft-policy': draftPolicyEntries,
};

/** The writes of a change, in the order in which they are safe one by one. */
export function entriesOf(writing: EntryContext): Result<readonly RequestEntry[], CannotWrite> {
  const { change } = writing.queued;
  return isPortalChange(change) ? make(writing, change.kind, change) : err({ reason: 'This act does not leave the computer.' });
}

function make<K extends PortalActKind>(writing: EntryContext, kind: K, change: ChangeMap[K]): ReturnType<ToEntries<K>> {
  return portalActs[kind](writing, change);
}
