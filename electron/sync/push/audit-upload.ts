import { createHash } from 'node:crypto';
import { ok, type Result } from '../../../shared/result.ts';
import type { WriteContext } from '../../fhir/acts/request-entry.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import { readPage } from '../../fhir/client/bundle.ts';
import type { FhirClient } from '../../fhir/client/client.ts';
import { type AuditRow, auditToUpload, markAuditUploaded } from '../../store/audit/audit.ts';
import type { WriteDb } from '../../store/db.ts';

interface UploadContext {
  readonly db: WriteDb;
  readonly client: Pick<FhirClient, 'send' | 'baseUrl'>;
  readonly clock: { now(): number };
  readonly acceptsClientIds: (type: string) => boolean;
}

/** A server that takes no audit is asked again after this long. */
const pauseMs = 15 * 60_000;

interface HandOverContext extends Omit<UploadContext, 'acceptsClientIds'> {
  readonly writeContext: () => Promise<WriteContext | undefined>;
}

/** Hands over one batch each time it is called while there is one, and pauses after a refusal. */
export function createAuditUpload(): (deps: HandOverContext) => Promise<void> {
  let pausedUntil = 0;
  return async ({ writeContext, ...deps }) => {
    if (deps.clock.now() < pausedUntil || auditToUpload(deps.db, 1).length === 0) return;
    const context = await writeContext();
    if (!context) return;
    const uploaded = await uploadAudit({ ...deps, acceptsClientIds: context.acceptsClientIds });
    if (!uploaded.ok || uploaded.value === 0) pausedUntil = deps.clock.now() + pauseMs;
  };
}

/** At most this many events go in one request (WIRE, Audit). */
const batchSize = 100;

/**
 * Sends the oldest audit rows that the server does not have. Each entry stands alone: what the server refuses stays and is sent again.
 * At least once; where the server takes our ids a second time changes nothing, elsewhere readers tell doubles apart by the operation's value.
 * Answers with the number of rows the server now has; 0 with rows left means that it takes none.
 */
export async function uploadAudit(deps: UploadContext): Promise<Result<number, RequestFailure>> {
  const rows = auditToUpload(deps.db, batchSize);
  if (rows.length === 0) return ok(0);
  const entry = rows.map((row) => toEntry(row, deps.acceptsClientIds('AuditEvent')));
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
  const headers = { 'Content-Type': 'application/fhir+json', Prefer: 'return=minimal' };
  const answer = await deps.client.send({ method: 'POST', path: '', headers, body, isTransaction: false });
  if (!answer.ok) return answer;
  const page = readPage(answer.value.body, deps.client.baseUrl);
  const statuses = page.ok ? page.value.entries.map((each) => each.response?.status ?? 0) : [];
  // 412: the event with this id is there already, an earlier answer was lost.
  const arrived = rows.filter((_, index) => isThere(statuses[index] ?? 0)).map(({ seq }) => seq);
  markAuditUploaded(deps.db, arrived, new Date(deps.clock.now()).toISOString());
  return ok(arrived.length);
}

function isThere(status: number): boolean {
  return (status >= 200 && status < 300) || status === 412;
}

function toEntry(row: AuditRow, ownId: boolean): object {
  const resource = toAuditEvent(row);
  if (!ownId) return { resource, request: { method: 'POST', url: 'AuditEvent' } };
  const id = idOf(row);
  return { resource: { ...resource, id }, request: { method: 'PUT', url: `AuditEvent/${id}`, ifNoneMatch: '*' } };
}

/** The same row always has the same id, made of its link in the chain, which no other row of any desk shares. */
function idOf({ hash, opId }: AuditRow): string {
  return createHash('sha256').update(`${hash} ${opId}`).digest('hex').slice(0, 40);
}

/** What a row that is no act was to the record: read, or changed. An act is an execution; its effect is a row of its own. */
const actionByRow: Readonly<Record<string, 'R' | 'U'>> = { open: 'R', done: 'U' };

function toAuditEvent({ opId, recordedAt, staffId, action, taskId, patientId, detail }: AuditRow): object {
  const about = [taskId === null ? [] : [`Task/${taskId}`], patientId === null ? [] : [`Patient/${patientId}`]].flat();
  return {
    resourceType: 'AuditEvent',
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: 'urn:portaldesk:audit', code: action, display: detail === '' ? action : `${action}: ${detail}` }],
    action: actionByRow[action] ?? 'E',
    recorded: recordedAt,
    outcome: '0',
    agent: [{ who: { reference: `PractitionerRole/${staffId}` }, requestor: true }],
    source: { observer: { display: 'Portal Desk' } },
    // R4 AuditEvent has no identifier of its own: the operation's value stands in the last entity (WIRE, Audit).
    entity: [
      ...about.map((reference) => ({ what: { reference } })),
      { what: { identifier: { system: 'urn:portaldesk:op', value: opId } } },
    ],
  };
}
