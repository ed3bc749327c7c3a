import type { RequestFailure } from '../fhir/answer.ts';
import type { OutboxRow } from '../store/outbox-rows.ts';
import { markUnknown, nextSendAt, nextToSend } from '../store/outbox-send.ts';
import { sendChange } from './send-change.ts';
import type { SendDeps } from './send-deps.ts';

export interface PushDeps extends SendDeps {
  /** Subject of the session: only its own changes are ever sent (SAFETY I13). */
  readonly subject: string;
  /** False: stop before the next change. */
  readonly maySend: () => boolean;
  /** After each change that was filed, whatever became of it. */
  readonly onFiled: () => void;
  /** What a failed attempt says about the connection. */
  readonly onFailure: (failure: RequestFailure) => void;
  /** Hears of bugs. */
  readonly report: (bug: unknown) => void;
}

/** At most this many changes are on their way at once; never two of one item, which the outbox sees to. */
const atOnce = 2;
const bugPauseMs = 300_000;

/** Sends what is due, oldest first, until nothing is due or the connection says stop. */
export async function pushRound(deps: PushDeps): Promise<void> {
  await Promise.all(Array.from({ length: atOnce }, () => sendInTurn(deps)));
}

async function sendInTurn(deps: PushDeps): Promise<void> {
  while (deps.maySend()) {
    const row = nextToSend(deps.db, { now: new Date(deps.clock.now()).toISOString(), subject: deps.subject });
    if (!row) return;
    const failure = await sendChange(deps, row).catch((bug: unknown) => afterBug(deps, row, bug));
    deps.onFiled();
    if (failure) deps.onFailure(failure);
  }
}

/** A change that trips over a bug of ours stays visible and is tried again later; the others go on. */
function afterBug(deps: PushDeps, { change }: OutboxRow, bug: unknown): null {
  if (!deps.maySend()) return null;
  deps.report(bug);
  const now = deps.clock.now();
  const notBefore = new Date(now + bugPauseMs).toISOString();
  markUnknown(deps.db, change.opId, { notBefore, problem: 'Something went wrong inside Portal Desk.' }, new Date(now).toISOString());
  return null;
}

/** Milliseconds until the next change falls due; null when none waits. */
export function nextDueMs({ db, clock, subject }: Pick<PushDeps, 'db' | 'clock' | 'subject'>): number | null {
  const at = nextSendAt(db, subject);
  return at === null ? null : Math.max(0, Date.parse(at) - clock.now());
}
