import { acts } from '../../../shared/acts/acts.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { touchedFields } from '../../fhir/acts/effect.ts';
import type { BaseBodies } from '../../fhir/acts/request-entry.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { findCurrent } from './find-effect.ts';
import type { SendDeps } from './send-context.ts';

/**
 * Whether what a clinical decision rests on and does not write is still as its author saw it, such as a held result that stays held. The server
 * refuses an old version only of what is written, so the rest is looked at just before (SAFETY I8).
 */
export async function isAsSeen(deps: SendDeps, { change }: OutboxRow, base: BaseBodies): Promise<Result<boolean, RequestFailure>> {
  if (!acts[change.change.kind].clinical) return ok(true);
  const touched = touchedFields(change, base, deps.context);
  for (const [ref, seen] of base) {
    if (touched.has(ref)) continue;
    const now = await findCurrent(deps, ref, null);
    if (!now.ok) return now;
    if (now.value?.versionId !== seen.versionId) return ok(false);
  }
  return ok(true);
}
