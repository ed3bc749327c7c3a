import { acts } from '../../../shared/acts/acts.ts';
import { itemOf, laneOf } from '../../../shared/changes/changes.ts';
import { isWritten } from '../../fhir/acts/effect.ts';
import type { BaseBodies, RequestEntry } from '../../fhir/acts/request-entry.ts';
import type { WriteDb } from '../../store/db.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { advanceSeen, laterInLane, moveSeen } from '../../store/outbox/outbox-send.ts';
import { changedElements } from './conflict.ts';

/**
 * What a confirmed change wrote becomes what later changes of ours go on from: else each would be in conflict with the one before it. Only what it
 * wrote: the resource may have been found again after a lost answer, and then a colleague's hand may be in it. Those changes then stand on our own
 * text under the version before, which the server refuses, and what the colleague moved is judged as ever (SAFETY I8). `entry`: what was written.
 */
export function handOn(db: WriteDb, row: OutboxRow, base: BaseBodies, entry: RequestEntry, resource: StoredResource): void {
  const seen = base.get(entry.ref);
  if (entry.method === 'create') {
    if (resource.type === 'MedicationRequest' && isWritten(entry, resource.body)) handOnOrder(db, row, resource);
    return;
  }
  if (!seen || seen.versionId === resource.versionId) return;
  if (isOursAlone(entry, seen.body, resource.body)) advanceSeen(db, entry.ref, seen.versionId, resource);
  else if (entry.method === 'update') advanceSeen(db, entry.ref, seen.versionId, { versionId: seen.versionId, body: entry.body });
}

function isOursAlone(entry: RequestEntry, before: string, now: string): boolean {
  if (entry.method === 'update') return changedElements(entry.body, now).length === 0;
  return changedElements(before, now).every((element) => entry.touched.includes(element));
}

/** An order that the same person has made is nothing that a colleague did, to their decisions on other requests of this patient. */
function handOnOrder(db: WriteDb, { seq, change }: OutboxRow, { type, id, versionId }: StoredResource): void {
  for (const later of laterInLane(db, laneOf(change), seq)) {
    const restsOnOrders = acts[later.change.kind].clinical && itemOf(later)?.itemKey.startsWith('repeat|');
    if (restsOnOrders && later.authorSubject === change.authorSubject) moveSeen(db, later.opId, `${type}/${id}`, versionId);
  }
}
