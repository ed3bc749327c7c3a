import type { QueuedChange } from '../../../shared/changes/changes.ts';
import { systems } from '../mappers/datatype-accessors.ts';
import { memberText } from '../mappers/json-text.ts';
import { isHeldText } from './label-entries.ts';
import type { BaseBodies, RequestEntry, WriteContext } from './request-entry.ts';
import { toEntries } from './to-request.ts';

/** `Type/id` → elements that the change writes there; what it creates is not in it. */
export function touchedFields(queued: QueuedChange, base: BaseBodies, context: WriteContext): ReadonlyMap<string, readonly string[]> {
  const entries = toEntries(queued, base, context);
  if (!entries.ok) return new Map();
  return new Map(entries.value.filter((entry) => entry.method !== 'create').map((entry) => [entry.ref, entry.touched]));
}

/** Same content, same text, whatever the order of names; numbers as written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

function canonicalText(text: string | undefined): string {
  return text === undefined ? '' : canonical(JSON.parse(text));
}

/** Time of the last change is bookkeeping: a server may set its own. References may have been rewritten from urn:uuid. */
function isSame(element: string, ours: string | undefined, theirs: string | undefined): boolean {
  if (element === 'lastModified') return true;
  if (ours?.includes('urn:uuid:')) return theirs !== undefined;
  return canonicalText(ours) === canonicalText(theirs);
}

/** Whether a resource carries the identifier of this operation. */
export function hasOpId(body: string, opId: string): boolean {
  const identifiers: unknown = JSON.parse(memberText(body, 'identifier') ?? '[]');
  if (!Array.isArray(identifiers)) return false;
  return identifiers.some((each: unknown) => canonical(each) === canonical({ system: systems.op, value: opId }));
}

/** Whether each element that a created resource was given is still as it was written. */
export function isWritten(entry: RequestEntry, current: string): boolean {
  return Object.keys(JSON.parse(entry.body)).every(
    (element) => ['id', 'resourceType'].includes(element) || isSame(element, memberText(entry.body, element), memberText(current, element)),
  );
}

/** Whether one write of a change stands already, as this text of its resource shows. */
export function isThere(entry: RequestEntry, current: string | undefined): boolean {
  if (current === undefined) return false;
  if (entry.method === 'create') return entry.opId === null || hasOpId(current, entry.opId);
  if (entry.method === 'patch') return !isHeldText(current) === entry.body.includes('"remove"');
  return entry.touched.every((element) => isSame(element, memberText(entry.body, element), memberText(current, element)));
}

/**
 * Whether the server already shows what the change would do: its answer was lost, or the same person did it twice. `current` holds the
 * JSON texts now on the server by the ref of the change's entries (in mode C what a search by the op identifier found).
 * Records (Provenance) are part of the same transaction and needn't be read again.
 */
export function isOurEffect(queued: QueuedChange, base: BaseBodies, context: WriteContext, current: ReadonlyMap<string, string>): boolean {
  const entries = toEntries(queued, base, context);
  if (!entries.ok) return false;
  return entries.value.filter((entry) => !entry.ref.startsWith('Provenance/')).every((entry) => isThere(entry, current.get(entry.ref)));
}

/** The refs whose current state `isOurEffect` must be given, and the op identifier to search by where the server chose the id. */
export function refsOfEffect(
  queued: QueuedChange,
  base: BaseBodies,
  context: WriteContext,
): readonly { readonly ref: string; readonly opId: string | null }[] {
  const entries = toEntries(queued, base, context);
  if (!entries.ok) return [];
  return entries.value.filter((entry) => !entry.ref.startsWith('Provenance/')).map(({ ref, opId }) => ({ ref, opId }));
}
