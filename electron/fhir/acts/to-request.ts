import { Buffer } from 'node:buffer';
import type { QueuedChange } from '../../../shared/changes/changes.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { entriesOf } from './acts.ts';
import type { BaseBodies, CannotWrite, EntryContext, RequestEntry, WriteContext } from './request-entry.ts';
import { seenTask, takenIfUnowned, taskEntry } from './task-entry.ts';

/** A request ready to be sent, but for what the client adds to each (token, request id). `path` is below the base, '' for a Bundle. */
export interface FhirRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isTransaction: boolean;
}

/** Writes of a change, in the order in which they are safe one by one (WIRE, the saga). */
export function toEntries(queued: QueuedChange, base: BaseBodies, context: WriteContext): Result<readonly RequestEntry[], CannotWrite> {
  return entriesOf({ queued, base, context });
}

/**
 * The saga's lock, for servers that are not atomic: the Task moves to in-progress with If-Match, so that only one desktop goes on.
 * The entries that follow are made from the Task's new version and text.
 */
export function lockEntry(queued: QueuedChange, base: BaseBodies, context: WriteContext): Result<RequestEntry, CannotWrite> {
  const writing: EntryContext = { queued, base, context };
  const seen = seenTask(writing);
  return seen.ok ? taskEntry(writing, { ...takenIfUnowned(writing, seen.value.body), status: 'in-progress' }) : seen;
}

const fhirJson = 'application/fhir+json';
const jsonPatch = 'application/json-patch+json';

function typeOf(ref: string): string {
  return ref.slice(0, ref.indexOf('/'));
}

/** Where identifiers exist: AuditEvent, Provenance and Binary have none in R4. */
function ifNoneExist(opId: string): string {
  return `identifier=urn:portaldesk:op%7C${opId}`;
}

/** One write as a request of its own. */
export function singleRequest(entry: RequestEntry, context: WriteContext): FhirRequest {
  const answer = { Prefer: 'return=representation' };
  const { ref, body, ifMatch, opId } = entry;
  if (entry.method !== 'create') {
    const isPatch = entry.method === 'patch';
    const headers = { ...answer, 'Content-Type': isPatch ? jsonPatch : fhirJson, 'If-Match': `W/"${ifMatch ?? ''}"` };
    return { method: isPatch ? 'PATCH' : 'PUT', path: ref, headers, body, isTransaction: false };
  }
  if (context.acceptsClientIds(typeOf(ref))) {
    return { method: 'PUT', path: ref, headers: { ...answer, 'Content-Type': fhirJson, 'If-None-Match': '*' }, body, isTransaction: false };
  }
  const condition = opId === null ? {} : { 'If-None-Exist': ifNoneExist(opId) };
  return { method: 'POST', path: typeOf(ref), headers: { ...answer, 'Content-Type': fhirJson, ...condition }, body, isTransaction: false };
}

function bundleEntry(entry: RequestEntry, context: WriteContext): string {
  const { ref, body, ifMatch, opId } = entry;
  const member = (resource: string, request: object, fullUrl?: string): string =>
    `{${fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`}"resource":${resource},"request":${JSON.stringify(request)}}`;
  if (entry.method === 'update') return member(body, { method: 'PUT', url: ref, ifMatch: `W/"${ifMatch ?? ''}"` });
  if (entry.method === 'patch') {
    const binary = { resourceType: 'Binary', contentType: jsonPatch, data: Buffer.from(body).toString('base64') };
    return member(JSON.stringify(binary), { method: 'PATCH', url: ref, ifMatch: `W/"${ifMatch ?? ''}"` });
  }
  if (context.acceptsClientIds(typeOf(ref))) return member(body, { method: 'PUT', url: ref, ifNoneMatch: '*' });
  const condition = opId === null ? {} : { ifNoneExist: ifNoneExist(opId).replace('%7C', '|') };
  return member(body, { method: 'POST', url: typeOf(ref), ...condition }, `urn:uuid:${ref.slice(ref.indexOf('/') + 1)}`);
}

/** All writes as one transaction Bundle: all of it or nothing, where the server is atomic. */
export function transactionRequest(entries: readonly RequestEntry[], context: WriteContext): FhirRequest {
  const body = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.map((entry) => bundleEntry(entry, context)).join(',')}]}`;
  return { method: 'POST', path: '', headers: { 'Content-Type': fhirJson, Prefer: 'return=representation' }, body, isTransaction: true };
}

/** The whole change as one request: a single write as it is, several as a transaction. Sending it twice is the same change. */
export function toRequest(queued: QueuedChange, base: BaseBodies, context: WriteContext): Result<FhirRequest, CannotWrite> {
  const entries = toEntries(queued, base, context);
  if (!entries.ok) return entries;
  const [first, ...rest] = entries.value;
  return ok(first && rest.length === 0 ? singleRequest(first, context) : transactionRequest(entries.value, context));
}
