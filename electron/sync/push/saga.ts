import { err, ok, type Result } from '../../../shared/result.ts';
import { isThere } from '../../fhir/acts/effect.ts';
import { type BaseBodies, type RequestEntry, taskRefOf } from '../../fhir/acts/request-entry.ts';
import { lockEntry, singleRequest, toEntries } from '../../fhir/acts/to-request.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { partlyDone } from './conflict-words.ts';
import { findCurrent, isStampedByUs } from './find-effect.ts';
import type { SendContext } from './send-context.ts';

type Step = Result<StoredResource | undefined, RequestFailure>;

/**
 * The saga of WIRE for a server whose transactions are not atomic. First the Task is taken with If-Match, so that only one desktop goes on;
 * then each write on its own. Every step can be done again: what stands already is recognised and left. A crash in between shows as an item
 * in progress, and the outbox goes on from there.
 */
export async function sendOneByOne(
  deps: SendContext,
  row: OutboxRow,
  base: BaseBodies,
): Promise<Result<readonly StoredResource[], RequestFailure>> {
  const locked = await lock(deps, row, base);
  if (!locked.ok) return locked;
  const standing = locked.value === 'finished' ? base : new Map(base).set(taskRefOf(row.change), locked.value);
  const entries = toEntries(row.change, standing, deps.context);
  if (!entries.ok) return err({ kind: 'rejected', status: 0, issue: entries.error.reason });
  const done: StoredResource[] = [];
  const serverRefs = new Map<string, string>();
  for (const entry of entries.value) {
    const step = await write(deps, { ...entry, body: withServerRefs(entry.body, serverRefs) });
    if (!step.ok) return done.length > 0 ? halfWay(step.error) : step;
    if (!step.value) continue;
    done.push(step.value);
    serverRefs.set(entry.ref, `${step.value.type}/${step.value.id}`);
  }
  return ok(done);
}

function halfWay(failure: RequestFailure): Result<never, RequestFailure> {
  return err('issue' in failure ? { ...failure, issue: `${partlyDone} ${failure.issue}` } : failure);
}

/** The Task under our hand; `finished`: an earlier attempt came past the Task's last step, and only what follows it is missing. */
async function lock(deps: SendContext, row: OutboxRow, base: BaseBodies): Promise<Result<StoredResource | 'finished', RequestFailure>> {
  const ref = taskRefOf(row.change);
  const entry = lockEntry(row.change, base, deps.context);
  if (!entry.ok) return err({ kind: 'rejected', status: 0, issue: entry.error.reason });
  const sent = await deps.portal.send(singleRequest(entry.value, deps.context));
  if (!sent.ok && sent.error.kind !== 'conflict') return sent;
  const given = sent.ok ? sent.value[0] : undefined;
  if (given) return ok(given);
  const current = await findCurrent(deps, ref, null);
  if (!current.ok) return current;
  // A colleague may have moved the Task to the very same state: only our own stamp tells our lock from theirs.
  const refused = sent.ok ? notShown(current.value) : sent;
  if (!isStampedByUs(current.value?.body, row.change.createdAt)) return refused;
  if (current.value && isThere(entry.value, current.value.body)) return ok(current.value);
  const entries = toEntries(row.change, base, deps.context);
  const last = entries.ok ? entries.value.find((each) => each.ref === ref) : undefined;
  return last && isThere(last, current.value?.body) ? ok('finished') : refused;
}

/** Something said yes, and the server does not show it. */
function notShown(current: StoredResource | undefined): Result<never, RequestFailure> {
  if (current) return err({ kind: 'not-fhir', status: 200, detail: 'the effect is not there', sent: 'maybe' });
  return err({ kind: 'gone', status: 404, issue: 'The item is no longer there.' });
}

async function write(deps: SendContext, entry: RequestEntry): Promise<Step> {
  if (entry.method === 'create' && entry.opId !== null) {
    // Asked before each create: a condition alone is not kept under concurrency by every server (WIRE, Pitfalls).
    const there = await findCurrent(deps, entry.ref, entry.opId);
    if (!there.ok || there.value) return there;
  }
  const answer = await deps.portal.send(singleRequest(entry, deps.context));
  if (answer.ok) {
    const resource = answer.value[0];
    return resource ? ok(resource) : findCurrent(deps, entry.ref, entry.opId);
  }
  if (answer.error.kind !== 'conflict') return answer;
  const current = await findCurrent(deps, entry.ref, entry.opId);
  if (!current.ok) return current;
  return isThere(entry, current.value?.body) ? current : answer;
}

/** Within a Bundle the server rewrites `urn:uuid:…`; one by one we do, once it has said which id it gave. */
function withServerRefs(body: string, serverRefs: ReadonlyMap<string, string>): string {
  let text = body;
  for (const [ref, serverRef] of serverRefs) text = text.replaceAll(`"urn:uuid:${ref.split('/')[1] ?? ''}"`, JSON.stringify(serverRef));
  return text;
}
