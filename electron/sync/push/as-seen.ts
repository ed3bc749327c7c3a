import { acts, writesOf } from '../../../shared/acts/acts.ts';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { hasOpId, refsOfEffect, touchedFields } from '../../fhir/acts/effect.ts';
import type { BaseBodies } from '../../fhir/acts/request-entry.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { ReadDb } from '../../store/db.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findResource, versionsOf } from '../../store/mirror/mirror.ts';
import { splitRef } from '../../store/mirror/resource-number.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { shownWithPatient } from '../../store/record/shown-with-patient.ts';
import { currentOrders } from './conflict-words.ts';
import { findCurrent } from './find-effect.ts';
import type { SendContext } from './send-context.ts';

/**
 * Whether what a clinical decision rests on and does not write is still as its author saw it, such as a held result that stays held. The server
 * refuses an old version only of what is written, so the rest is looked at just before (SAFETY I8).
 */
export async function isAsSeen(deps: SendContext, { change }: OutboxRow, base: BaseBodies): Promise<Result<boolean, RequestFailure>> {
  if (!acts[change.change.kind].clinical) return ok(true);
  const touched = touchedFields(change, base, deps.context);
  for (const [ref, seen] of base) {
    if (touched.has(ref)) continue;
    const now = await findCurrent(deps, ref, null);
    if (!now.ok) return now;
    if (now.value?.versionId !== seen.versionId) return ok(false);
  }
  return ok(true);
}

/** What moved of that which is shown with a patient, in FHIR's words. */
export interface MovedWithPatient {
  readonly ref: string;
  readonly elements: readonly string[];
}

/**
 * What the author did not see of the patient's allergies, current orders and proxies, by the mirror, which the last pull renewed: the list may be
 * another one, and nobody asks a server for what isn't there yet. A clinical decision rests on all of it, a message on who reads it (SAFETY I8, I31).
 * What an earlier attempt of the change itself has made is no news: it goes on from there.
 */
export function movedWithPatient({ db, context }: SendContext, queued: QueuedChange, base: BaseBodies): MovedWithPatient | undefined {
  const { patientId, seen, change } = queued;
  const { clinical } = acts[change.kind];
  const item = findWorkItem(db, itemOf(queued)?.itemKey ?? '');
  if (patientId === null || !item || !(clinical || writesOf(change.kind, change)?.to === 'thread')) return undefined;
  const seenBeside = Object.keys(seen).filter((ref) => !base.has(ref));
  const refs = [...new Set([...shownWithPatient(db, patientId, item.kind), ...seenBeside])];
  const now = versionsOf(db, refs);
  const made = refsOfEffect(queued, base, context).filter(({ opId }) => opId !== null);
  const moved = refs.filter((each) => (clinical || each.startsWith('RelatedPerson/')) && now[each] !== seen[each]);
  const ref = moved.find((each) => !made.some((own) => own.ref === each || hasOpId(bodyOf(db, each), own.opId ?? '')));
  if (ref === undefined) return undefined;
  return { ref, elements: ref.startsWith('MedicationRequest/') ? [currentOrders] : [] };
}

function bodyOf(db: ReadDb, ref: string): string {
  const { type, id } = splitRef(ref);
  return findResource(db, type, id)?.body ?? '{}';
}
