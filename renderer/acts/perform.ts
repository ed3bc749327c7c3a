import type { ActRequest } from '../../shared/changes/changes.ts';
import type { Performed, Reply } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import type { ItemKey, OpId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { keysOf } from '../commands.ts';
import { call } from '../data/api.ts';
import { navigate, presentLocation, withItem } from '../data/locations.ts';
import { tellProblem } from '../data/tell.ts';
import { dropAllToasts, dropToast, showToast } from '../ui/overlays/toast.tsx';
import { errorMessage } from '../words/error-message.ts';

interface RecentAct {
  readonly opId: OpId;
  readonly words: string;
  readonly itemKey: ItemKey | null;
}

const plainToastMs = 5000;

let recent: readonly RecentAct[] = [];

/**
 * Sends an act to the core and says so: "Claimed"; an act that can be taken back counts down to `sendsAt` and offers Undo.
 * `words` name the act and, for what leaves the practice, the patient: "Reply to NGATA, Ngaio · NHI ZFK0255".
 * Problems are returned, and told by a toast unless `quiet`.
 */
export async function performAct(
  request: ActRequest,
  words: string,
  how: { readonly quiet?: boolean } = {},
): Promise<Result<Performed, AppError>> {
  const reply: Reply<'acts.perform'> = await call('acts.perform', request);
  if (reply.ok) tellDone(reply.value, words, 'itemKey' in request.subject ? request.subject.itemKey : null);
  else if (!how.quiet) tellProblem(reply.error);
  return reply;
}

/** Undo is offered only of what is held: a claim or a note is on its way at once, and an Undo that is always too late would be a lie. */
function tellDone(queued: Performed, words: string, itemKey: ItemKey | null): void {
  const sendsAt = Date.parse(queued.sendsAt);
  if (sendsAt <= Date.now() + 1000) {
    showToast({ id: queued.opId, text: words, tone: 'ok', until: Date.now() + plainToastMs });
    return;
  }
  recent = [...recent.slice(-49), { opId: queued.opId, words, itemKey }];
  showToast({
    id: queued.opId,
    text: words,
    tone: 'ok',
    until: sendsAt,
    countdown: 'Sending',
    action: { title: 'Undo', keys: keysOf('app.undo') ?? '', run: () => void undo(queued.opId, words) },
  });
}

/** Takes back the latest act of this session that can still be taken back. */
export async function undoLatest(): Promise<void> {
  const latest = recent.at(-1);
  if (!latest) {
    showToast({ id: 'undo', text: 'Nothing to undo.', tone: 'neutral', until: Date.now() + 4000 });
    return;
  }
  await undo(latest.opId, latest.words);
}

/** Takes one act back while it is held, and shows its item again, where its words are a draft; says when it is too late. */
export async function undo(opId: OpId, words: string): Promise<void> {
  const itemKey = recent.find((act) => act.opId === opId)?.itemKey;
  recent = recent.filter((act) => act.opId !== opId);
  const reply = await call('outbox.undo', { opId });
  if (reply.ok && itemKey) navigate(withItem(presentLocation(), itemKey), 'replace');
  dropToast(opId);
  const text = reply.ok ? `Undone: ${words}` : errorMessage(reply.error);
  showToast({ id: `undo-${opId}`, text, tone: reply.ok ? 'neutral' : 'warn', until: Date.now() + 6000 });
}

/** Forgets what could be undone and what was said of it, at the end of a session. */
export function forgetActs(): void {
  recent = [];
  dropAllToasts();
}
