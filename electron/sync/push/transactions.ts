import { randomUUID } from 'node:crypto';
import type { FhirRequest } from '../../fhir/acts/to-request.ts';
import type { WriteDb } from '../../store/db.ts';
import { findCursor, saveCursor } from '../../store/mirror/cursors.ts';
import type { FhirGateway } from '../engine/fhir-gateway.ts';

/** Row of sync_cursor that keeps what the probe found; no resource type has this name. */
const probeRow = { type: '$transactions', scope: 'probe' };

/**
 * Whether the server's transactions are all or nothing. A CapabilityStatement can't prove it, so it is tried once: a transaction that must fail,
 * beside a note that must then not be there (WIRE, Push algorithm). The note is marked entered-in-error and about nobody.
 * Undefined: the server didn't answer clearly; ask again later and send one by one meanwhile.
 */
export async function findAtomic(db: WriteDb, portal: FhirGateway): Promise<boolean | undefined> {
  const known = findCursor(db, probeRow.type, probeRow.scope)?.watermark;
  if (known === 'atomic' || known === 'one-by-one') return known === 'atomic';
  const opId = randomUUID();
  const tried = await portal.send(probe(opId));
  if (!tried.ok && (tried.error.kind === 'unreachable' || tried.error.kind === 'busy' || tried.error.kind === 'unauthenticated'))
    return undefined;
  const left = await portal.search('Communication', [['identifier', `urn:portaldesk:op|${opId}`]]);
  if (!left.ok) return undefined;
  // A server that took what had to fail went entry by entry, whether or not its search shows the note yet.
  const atomic = !tried.ok && left.value.resources.length === 0;
  const nothing = { walkNext: null, walkHigh: null, serverDate: null, completedAt: null };
  saveCursor(db, { ...probeRow, ...nothing, watermark: atomic ? 'atomic' : 'one-by-one' });
  return atomic;
}

function probe(opId: string): FhirRequest {
  const note = {
    resourceType: 'Communication',
    status: 'entered-in-error',
    identifier: [{ system: 'urn:portaldesk:op', value: opId }],
    category: [{ text: 'Portal Desk transaction check' }],
  };
  const missing = randomUUID();
  const task = { resourceType: 'Task', id: missing, status: 'cancelled', intent: 'order' };
  const entry = [
    {
      fullUrl: `urn:uuid:${opId}`,
      resource: note,
      request: { method: 'POST', url: 'Communication', ifNoneExist: `identifier=urn:portaldesk:op|${opId}` },
    },
    { resource: task, request: { method: 'PUT', url: `Task/${missing}`, ifMatch: 'W/"0"' } },
  ];
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
  return { method: 'POST', path: '', headers: { 'Content-Type': 'application/fhir+json' }, body, isTransaction: true };
}
