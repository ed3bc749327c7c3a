import { setImmediate as yieldToActs } from 'node:timers/promises';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import { findVersion } from '../../store/mirror/mirror.ts';
import { idsAfter } from '../../store/mirror/mirror-ids.ts';
import type { FhirGateway } from '../engine/fhir-gateway.ts';
import { inOneProjection } from '../project/projection.ts';
import { pulledTypes } from './resource-types.ts';
import { type TakeContext, takePage } from './take-page.ts';

export interface ReconcileContext extends TakeContext {
  readonly portal: FhirGateway;
  readonly stopped: () => boolean;
}

/** What a reconcile found: nothing, when the pull did its work. */
export interface Reconciled {
  /** Read because it was missing here or of another version. */
  readonly fetched: number;
  /** Gone from the server, or no longer for this account to see. */
  readonly hidden: number;
}

/**
 * Compares ids and versions of everything with the server, once a night (WIRE, Pull algorithm, step 6): deletions are in no search, and what a
 * pull may have missed in spite of its windows shows here. A type whose list could not be read to its end is left as it is.
 */
export async function reconcile(deps: ReconcileContext, refusedTypes: ReadonlySet<string>): Promise<Result<Reconciled, RequestFailure>> {
  let fetched = 0;
  let hidden = 0;
  for (const type of pulledTypes) {
    if (refusedTypes.has(type) || deps.stopped()) continue;
    const there = await listOnServer(deps, type);
    if (!there.ok) return there;
    const missed = await fetchMissed(deps, type, there.value);
    if (!missed.ok) return missed;
    const vanished = await hideVanished(deps, type, there.value);
    if (!vanished.ok) return vanished;
    fetched += missed.value;
    hidden += vanished.value;
  }
  return ok({ fetched, hidden });
}

async function listOnServer(deps: ReconcileContext, type: string): Promise<Result<ReadonlyMap<string, string>, RequestFailure>> {
  const versions = new Map<string, string>();
  let page = await deps.portal.search(type, [
    ['_elements', 'id,meta'],
    ['_sort', '_lastUpdated'],
    ['_count', '1000'],
    ['_total', 'none'],
  ]);
  const asked = new Set<string>();
  for (;;) {
    if (!page.ok) return page;
    for (const { id, versionId } of page.value.resources) versions.set(id, versionId);
    if (page.value.next === null) break;
    if (asked.has(page.value.next)) return err({ kind: 'not-fhir', status: 200, detail: 'the same page again', sent: 'no' });
    asked.add(page.value.next);
    page = await deps.portal.page(type, page.value.next);
  }
  // A server without next links can't be listed this way: what is beyond its page is not gone.
  const isCut = versions.size >= 1_000 && versions.size % 1_000 === 0;
  return isCut ? err({ kind: 'not-fhir', status: 200, detail: 'a list without an end', sent: 'no' }) : ok(versions);
}

async function fetchMissed(
  deps: ReconcileContext,
  type: string,
  there: ReadonlyMap<string, string>,
): Promise<Result<number, RequestFailure>> {
  let fetched = 0;
  for (const [id, versionId] of there) {
    const known = findVersion(deps.db, type, id);
    if (known?.versionId === versionId && !known.deleted) continue;
    const read = await deps.portal.read(type, id);
    if (!read.ok) {
      if (isAboutOne(read.error)) continue;
      return read;
    }
    const page = { resources: [read.value], unfiled: [], next: null, total: null, serverDate: null };
    const taken = await takePage(deps, page, () => undefined);
    if (!taken.ok) return taken;
    fetched += taken.value;
  }
  return ok(fetched);
}

/** Asked for by id before it leaves the screens: 410 at once, 404 when it is said twice, 403 is out of our scope. The mirror keeps the body. */
async function hideVanished(
  deps: ReconcileContext,
  type: string,
  there: ReadonlyMap<string, string>,
): Promise<Result<number, RequestFailure>> {
  let hidden = 0;
  let after = '';
  for (;;) {
    const here = idsAfter(deps.db, type, after, 500);
    const last = here.at(-1);
    if (!last) return ok(hidden);
    after = last.id;
    for (const { id } of here.filter((each) => !there.has(each.id))) {
      const gone = await isGone(deps, type, id);
      if (!gone.ok) return gone;
      if (!gone.value) continue;
      inOneProjection(deps, (projection) => projection.remove(type, id));
      hidden += 1;
    }
    await yieldToActs();
  }
}

async function isGone({ portal }: ReconcileContext, type: string, id: string): Promise<Result<boolean, RequestFailure>> {
  for (const attempt of ['first', 'second']) {
    const read = await portal.read(type, id);
    if (read.ok) return ok(false);
    if (!isAboutOne(read.error)) return read;
    if (read.error.kind === 'gone' && read.error.status === 404 && attempt === 'first') continue;
    return ok(read.error.kind === 'gone' || read.error.kind === 'forbidden');
  }
  return ok(false);
}

function isAboutOne(failure: RequestFailure): boolean {
  return failure.kind === 'gone' || failure.kind === 'forbidden' || failure.kind === 'rejected';
}
