import type { QueuedChange } from '../../shared/domain/change.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { RequestFailure } from '../fhir/answer.ts';
import { isOurEffect, refsOfEffect } from '../fhir/effect.ts';
import type { BaseBodies, WriteContext } from '../fhir/requests/request-entry.ts';
import type { StoredResource } from '../store/mirror.ts';
import type { Portal } from './portal.ts';

export interface Effect {
  /** The server shows our change: an earlier answer was lost. */
  readonly isOurs: boolean;
  /** What now stands on the server, by the reference that the change uses (in mode C the server's own id differs from it). */
  readonly current: ReadonlyMap<string, StoredResource>;
}

interface Looking {
  readonly portal: Portal;
  readonly context: WriteContext;
  /** A transaction of this server is all or nothing: one part of it proves the whole. */
  readonly atomic: boolean;
}

/**
 * Looks whether a change already took effect. What it created carries its operation's id and proves it, whatever happened to the item since;
 * a change that creates nothing is recognised by its content (WIRE, Push algorithm).
 */
export async function findEffect(looking: Looking, queued: QueuedChange, base: BaseBodies): Promise<Result<Effect, RequestFailure>> {
  const { context, atomic } = looking;
  const wanted = new Map(refsOfEffect(queued, base, context).map(({ ref, opId }) => [ref, opId]));
  for (const ref of base.keys()) if (!wanted.has(ref)) wanted.set(ref, null);
  const current = new Map<string, StoredResource>();
  for (const [ref, opId] of wanted) {
    const found = await findCurrent(looking, ref, opId);
    if (!found.ok) return found;
    if (found.value) current.set(ref, found.value);
  }
  const created = [...wanted].filter(([, opId]) => opId !== null);
  if (atomic && created.length > 0) return ok({ isOurs: created.some(([ref]) => current.has(ref)), current });
  const recorded = atomic ? await hasRecord(looking, queued) : ok(false);
  if (!recorded.ok) return recorded;
  const bodies = new Map([...current].map(([ref, resource]) => [ref, resource.body]));
  return ok({ isOurs: recorded.value || isOurEffect(queued, base, context, bodies), current });
}

/** The resource as it now is; undefined when there is none. */
export async function findCurrent(
  { portal, context }: Pick<Looking, 'portal' | 'context'>,
  ref: string,
  opId: string | null,
): Promise<Result<StoredResource | undefined, RequestFailure>> {
  const [type = '', id = ''] = ref.split('/');
  if (opId !== null && !context.acceptsClientIds(type)) {
    const page = await portal.search(type, [['identifier', `urn:portaldesk:op|${opId}`]]);
    return page.ok ? ok(oldest(page.value.resources)) : page;
  }
  const read = await portal.read(type, id);
  if (read.ok) return read;
  return read.error.kind === 'gone' ? ok(undefined) : read;
}

/** Where a server made two of one operation in spite of the condition, the first one counts. */
function oldest(resources: readonly StoredResource[]): StoredResource | undefined {
  return [...resources].sort((left, right) => Date.parse(left.lastUpdated) - Date.parse(right.lastUpdated))[0];
}

/** A release or a hold creates nothing but its record, whose id is the operation's where the server takes our ids. */
async function hasRecord({ portal, context }: Looking, { opId, change }: QueuedChange): Promise<Result<boolean, RequestFailure>> {
  const leavesRecord = change.kind === 'release-result' || change.kind === 'hold-result';
  if (!leavesRecord || !context.acceptsClientIds('Provenance')) return ok(false);
  const read = await portal.read('Provenance', opId);
  if (read.ok) return ok(true);
  return read.error.kind === 'gone' || read.error.kind === 'forbidden' ? ok(false) : read;
}
