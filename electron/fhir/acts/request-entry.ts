import type { PortalActKind } from '../../../shared/acts/acts.ts';
import { type ChangeMap, itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { Result } from '../../../shared/result.ts';
import { withMember, withoutMember } from '../mappers/json-text.ts';

/** `Type/id` → the version and JSON text that the author saw. */
export type BaseBodies = ReadonlyMap<string, { readonly versionId: string; readonly body: string }>;

/** What a change needs to know of the server it goes to. */
export interface WriteContext {
  /** The practice, for example `Organization/gp1`. */
  readonly organisationRef: string;
  /** Mode P of WIRE (PUT with our id) where true, mode C (POST with If-None-Exist) where false. */
  readonly acceptsClientIds: (type: string) => boolean;
}

/** One write of a change. Bodies are JSON text, because parsing and writing again would lose decimals. */
export interface RequestEntry {
  /** `Type/id`; in mode C the server gives another id, and this one lives on as `urn:uuid:id` within the Bundle. */
  readonly ref: string;
  readonly method: 'create' | 'update' | 'patch';
  /** Version that must still be current: update and patch. */
  readonly ifMatch: string | null;
  /** Value of the `urn:portaldesk:op` identifier: create, except for types without identifiers. */
  readonly opId: string | null;
  /** Resource, or for a patch the JSON Patch. */
  readonly body: string;
  /** Elements that the write changes. */
  readonly touched: readonly string[];
}

/** Why a change can't be turned into a request: a bug or damage, never the user's doing. Holds no patient data. */
export interface CannotWrite {
  readonly reason: string;
}

export interface EntryContext {
  readonly queued: QueuedChange;
  readonly base: BaseBodies;
  readonly context: WriteContext;
}

/** How one act becomes writes. */
export type ToEntries<K extends PortalActKind> = (
  writing: EntryContext,
  change: ChangeMap[K],
) => Result<readonly RequestEntry[], CannotWrite>;

/** `Task/id` of the item that a change is on. */
export function taskRefOf(queued: Pick<QueuedChange, 'subject'>): string {
  return `Task/${itemOf(queued)?.taskId ?? ''}`;
}

/** How to name a resource that this change makes, from within its other resources. */
export function createdReference(writing: EntryContext, type: string, id: string): string {
  return writing.context.acceptsClientIds(type) ? `${type}/${id}` : `urn:uuid:${id}`;
}

export function createEntry(
  writing: EntryContext,
  type: string,
  id: string,
  opId: string | null,
  elements: Readonly<Record<string, unknown>>,
  /** Elements that are copied as text from a resource the server sent. */
  copied: Readonly<Record<string, string>> = {},
): RequestEntry {
  const named = writing.context.acceptsClientIds(type) ? { resourceType: type, id } : { resourceType: type };
  const identifier = opId === null ? {} : { identifier: [{ system: 'urn:portaldesk:op', value: opId }] };
  let body = JSON.stringify({ ...named, ...identifier, ...elements });
  for (const [key, text] of Object.entries(copied)) body = withMember(body, key, text);
  return { ref: `${type}/${id}`, method: 'create', ifMatch: null, opId, body, touched: [] };
}

/** A PUT of the server's own text with only the named elements changed; null takes one out. */
export function updateEntry(
  ref: string,
  base: { readonly versionId: string; readonly body: string },
  changes: ReadonlyMap<string, string | null>,
): RequestEntry {
  let body = base.body;
  for (const [key, text] of changes) body = text === null ? withoutMember(body, key) : withMember(body, key, text);
  return { ref, method: 'update', ifMatch: base.versionId, opId: null, body, touched: [...changes.keys()] };
}

export function authorOf({ queued }: EntryContext): { readonly reference: string; readonly display: string } {
  return { reference: `PractitionerRole/${queued.authorId}`, display: queued.authorName };
}
