import { acts } from '../../../shared/acts/acts.ts';
import type { QueuedChange } from '../../../shared/changes/changes.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isOurEffect, refsOfEffect } from '../../fhir/acts/effect.ts';
import { type BaseBodies, taskRefOf, type WriteContext } from '../../fhir/acts/request-entry.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import type { FhirGateway } from '../engine/fhir-gateway.ts';

export interface Effect {
  /** The server shows our change: an earlier answer was lost. */
  readonly isOurs: boolean;
  /** What now stands on the server, by the reference that the change uses (in mode C the server's own id differs from it). */
  readonly current: ReadonlyMap<string, StoredResource>;
}

interface FindEffectContext {
  readonly portal: FhirGateway;
  readonly context: WriteContext;
  /** A transaction of this server is all or nothing: one part of it proves the whole. */
  readonly atomic: boolean;
}

/**
 * Looks whether a change already took effect. What it created carries its operation's id and proves it, whatever happened to the item since;
 * a change that creates nothing is recognised by its content (WIRE, Push algorithm).
 */
export async function findEffect(
  looking: FindEffectContext,
  queued: QueuedChange,
  base: BaseBodies,
): Promise<Result<Effect, RequestFailure>> {
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
  const bodies = new Map([...current].map(([ref, resource]) => [ref, resource.body]));
  const looksDone = isOurEffect(queued, base, context, bodies);
  const recorded = await findRecord(looking, queued);
  if (!recorded.ok) return recorded;
  // Two people may do the very same thing: the record or, where there is none, our own time on the Task says whose it was (SAFETY I9).
  const isOurs = recorded.value ?? (looksDone && isStampedByUs(bodies.get(taskRefOf(queued)), queued.createdAt));
  return ok({ isOurs: atomic ? isOurs : isOurs && looksDone, current });
}

/** Every change of ours that writes the Task sets its lastModified to the instant of the act. */
export function isStampedByUs(task: string | undefined, createdAt: string): boolean {
  const parsed: unknown = JSON.parse(task ?? '{}');
  if (typeof parsed !== 'object' || parsed === null || !('lastModified' in parsed)) return false;
  return typeof parsed.lastModified === 'string' && Date.parse(parsed.lastModified) === Date.parse(createdAt);
}

/** The resource as it now is; undefined when there is none. */
export async function findCurrent(
  { portal, context }: Pick<FindEffectContext, 'portal' | 'context'>,
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

/** A release or a hold creates nothing but its record, whose id is the operation's where the server takes our ids. Null: no telling by it. */
async function findRecord(
  { portal, context, atomic }: FindEffectContext,
  { opId, change }: QueuedChange,
): Promise<Result<boolean | null, RequestFailure>> {
  if (!acts[change.kind].leavesRecord || !atomic || !context.acceptsClientIds('Provenance')) return ok(null);
  const read = await portal.read('Provenance', opId);
  if (read.ok) return ok(true);
  if (read.error.kind === 'gone') return ok(false);
  return read.error.kind === 'forbidden' ? ok(null) : read;
}
