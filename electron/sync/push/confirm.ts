import { err, ok, type Result } from '../../../shared/result.ts';
import { refsOfEffect } from '../../fhir/acts/effect.ts';
import type { BaseBodies } from '../../fhir/acts/request-entry.ts';
import { toEntries } from '../../fhir/acts/to-request.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import { findVersion, type StoredResource } from '../../store/mirror/mirror.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { markDone } from '../../store/outbox/outbox-send.ts';
import { inOneProjection } from '../project/projection.ts';
import { classifyVersion } from '../pull/classify-version.ts';
import { pulledTypes } from '../pull/resource-types.ts';
import { findCurrent } from './find-effect.ts';
import { handOn } from './hand-on.ts';
import type { SendContext } from './send-context.ts';

const pulled: ReadonlySet<string> = new Set(pulledTypes);

/**
 * The server has done it: its new versions go into mirror and projections, later changes of ours move on to them, and the change is done,
 * all in one transaction. What the answer left out is read first: nothing is called done that was not seen (SAFETY I6).
 */
export async function confirm(
  deps: SendContext,
  row: OutboxRow,
  base: BaseBodies,
  answered: readonly StoredResource[],
): Promise<Result<void, RequestFailure>> {
  const effect = await complete(deps, row, base, answered);
  if (!effect.ok) return effect;
  const { db } = deps;
  const { opId } = row.change;
  const entries = toEntries(row.change, base, deps.context);
  inOneProjection(deps, (projection) => {
    markDone(db, opId, new Date(deps.clock.now()).toISOString());
    for (const resource of effect.value) {
      if (!pulled.has(resource.type)) continue;
      if (isNews(deps, resource)) projection.keep(resource);
      const entry = entries.ok ? entries.value.find((each) => isMeant(resource, each.ref, each.opId)) : undefined;
      if (entry) handOn(db, row, base, entry, resource);
    }
  });
  deps.journal.retire(opId);
  return ok(undefined);
}

/** A pull may have brought a later version meanwhile; that one stays. On a tie the answer to our own write is the truth. */
function isNews({ db }: SendContext, resource: StoredResource): boolean {
  const known = findVersion(db, resource.type, resource.id);
  if (known === undefined || known.deleted) return true;
  if (known.versionId === resource.versionId) return false;
  return classifyVersion(resource, known) === 'new' || Date.parse(known.lastUpdated) === Date.parse(resource.lastUpdated);
}

async function complete(
  deps: SendContext,
  row: OutboxRow,
  base: BaseBodies,
  answered: readonly StoredResource[],
): Promise<Result<readonly StoredResource[], RequestFailure>> {
  const effect = [...answered];
  for (const { ref, opId } of refsOfEffect(row.change, base, deps.context)) {
    if (answered.some((resource) => isMeant(resource, ref, opId))) continue;
    const found = await findCurrent(deps, ref, opId);
    if (!found.ok) return found;
    if (isUntouched(found.value, base.get(ref))) return err(notShown);
    if (found.value) effect.push(found.value);
  }
  return ok(effect);
}

/** Something said yes that was not the server, or the server shows it later: ask again. */
const notShown: RequestFailure = { kind: 'not-fhir', status: 200, detail: 'the effect is not there', sent: 'maybe' };

/** What was to be made is not there, or what was to be changed still is the version that the author saw. */
function isUntouched(found: StoredResource | undefined, seen: { readonly versionId: string } | undefined): boolean {
  return seen === undefined ? found === undefined : found?.versionId === seen.versionId;
}

function isMeant(resource: StoredResource, ref: string, opId: string | null): boolean {
  return (
    `${resource.type}/${resource.id}` === ref ||
    (opId !== null && ref.startsWith(`${resource.type}/`) && resource.body.includes(`"${opId}"`))
  );
}
