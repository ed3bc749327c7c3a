import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { markUnknown, nextSendAt, nextToSend } from '../../store/outbox/outbox-send.ts';
import { sendChange } from './send-change.ts';
import type { SendContext } from './send-context.ts';

export interface PushContext extends SendContext {
  /** Subject of the session: only its own changes are ever sent (SAFETY I13). */
  readonly subject: string;
  /** False: stop before the next change. */
  readonly maySend: () => boolean;
  /** When a change goes out, and when it was filed, whatever became of it. */
  readonly onFiled: () => void;
  /** What a failed attempt says about the connection. */
  readonly onFailure: (failure: RequestFailure) => void;
  /** Hears of bugs. */
  readonly report: (error: unknown) => void;
}

/** At most this many changes are on their way at once; never two of one item, which the outbox sees to. */
const atOnce = 2;
const bugPauseMs = 300_000;

/** Sends what is due, oldest first, until nothing is due or the connection says stop. */
export async function pushRound(deps: PushContext): Promise<void> {
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, () => sendInTurn(deps)));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function sendInTurn(deps: PushContext): Promise<void> {
  while (deps.maySend()) {
    const row = nextToSend(deps.db, { now: new Date(deps.clock.now()).toISOString(), subject: deps.subject });
    if (!row) return;
    const sending = sendChange(deps, row).catch((error: unknown) => afterBug(deps, row, error));
    // It is on its way now: no screen may go on offering to take it back.
    deps.onFiled();
    const failure = await sending;
    deps.onFiled();
    if (failure) deps.onFailure(failure);
  }
}

/** A change that trips over a bug of ours stays visible and is tried again later; the others go on. */
function afterBug(deps: PushContext, { change }: OutboxRow, error: unknown): null {
  if (!deps.maySend()) return null;
  deps.report(error);
  const now = deps.clock.now();
  const notBefore = new Date(now + bugPauseMs).toISOString();
  markUnknown(deps.db, change.opId, { notBefore, problem: 'Something went wrong inside Portal Desk.' }, new Date(now).toISOString());
  return null;
}

/** However far off the next change seems: a clock may be set meanwhile, and a timer of weeks would ring at once. */
const longestSleepMs = 60_000;

/** Milliseconds until the next change falls due, or until it is worth looking again; null when none waits. */
export function nextDueMs({ db, clock, subject }: Pick<PushContext, 'db' | 'clock' | 'subject'>): number | null {
  const now = clock.now();
  if (nextToSend(db, { now: new Date(now).toISOString(), subject })) return 0;
  const at = nextSendAt(db, subject);
  return at === null ? null : Math.min(longestSleepMs, Math.max(1, Date.parse(at) - now));
}
