import type { Input, Queued, Reply } from '../../../shared/contract.ts';
import { dayOf } from '../../../shared/dates.ts';
import type { Change, ChangeKind } from '../../../shared/domain/change.ts';
import { may, type Permission } from '../../../shared/domain/permissions.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findDraft, saveDraft } from '../../store/marks/drafts.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { discard, findEntry } from '../../store/outbox/outbox.ts';
import { findChange } from '../../store/outbox/outbox-rows.ts';
import { baseBodies } from '../../store/outbox/outbox-send.ts';
import type { ActInput } from '../acts/act.ts';
import { assignItem, claimItem, finishItem, releaseClaim, setPriority } from '../acts/items.ts';
import { replyToThread } from '../acts/messages.ts';
import { addNote } from '../acts/notes.ts';
import { decideRepeat } from '../acts/repeats.ts';
import { holdResult, releaseResult } from '../acts/results.ts';
import { shownRefs } from '../kinds/seen.ts';
import { wordsOf } from '../marks/drafts.ts';
import { type Desk, type Difference, instantOf } from '../use-case-context.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { discardEntry } from './outbox.ts';

/** Both versions, side by side (PRODUCT 64): what the author saw and did, and what is there now. */
export function conflictView(desk: Desk, { opId }: Input<'outbox.conflict'>): Reply<'outbox.conflict'> {
  const entry = findEntry(desk.db, opId);
  const row = findChange(desk.db, opId);
  if (!entry || !row) return err({ kind: 'not-found' });
  const { change, createdAt, itemId } = row.change;
  const item = findWorkItem(desk.db, itemId);
  const text = change.kind === 'decide-repeat' ? change.answerText : (wordsOf(change)?.text ?? null);
  return ok({
    entry,
    yours: { summary: row.summary, text, at: createdAt },
    theirs: {
      summary: item ? statusWords(item) : 'No longer in the queue',
      by: item?.ownerName ?? null,
      at: changedAt(desk, itemId),
    },
    differences: differencesOf(desk, opId, item),
  });
}

function statusWords({ status, ownerName }: WorkItem): string {
  const words = { requested: 'Waiting', accepted: 'Claimed', 'in-progress': 'In progress', 'on-hold': 'On hold' } as const;
  const closed = { completed: 'Done', cancelled: 'Cancelled', rejected: 'Declined' } as const;
  const word = { ...words, ...closed }[status];
  return ownerName === null ? word : `${word} · ${ownerName}`;
}

function changedAt({ db }: Desk, itemId: string): string | null {
  const lastUpdated = findResource(db, 'Task', itemId)?.lastUpdated;
  return lastUpdated === undefined ? null : instantOf(Date.parse(lastUpdated));
}

/** What moved among the things the author saw, and what has come since. */
function differencesOf(desk: Desk, opId: string, item: WorkItem | undefined): Difference[] {
  const bases = baseBodies(desk.db, opId);
  const refs = new Set([...bases.keys(), ...(item ? shownRefs(desk.db, item) : [])]);
  return [...refs].flatMap((ref) => {
    const [type = '', id = ''] = ref.split('/');
    const now = findResource(desk.db, type, id);
    const seen = bases.get(ref);
    if (now?.versionId === seen?.versionId) return [];
    return desk.compareBodies(ref, seen?.body ?? '', now?.body ?? '');
  });
}

/** Gives up ours, or decides again on what is there now: as a new intent, with every rule asked once more. */
export function resolveConflict(desk: Desk, input: Input<'outbox.resolve-conflict'>): Reply<'outbox.resolve-conflict'> {
  if (input.choice === 'keep-theirs') return discardEntry(desk, { opId: input.opId });
  if (findEntry(desk.db, input.newOpId)) return ok({});
  const again = allOrNothing(desk.db, () => {
    const row = findChange(desk.db, input.opId);
    if (!row) return err({ kind: 'not-found' });
    if (!discard(desk.db, input.opId, instantOf(desk.now()))) return err({ kind: 'too-late', what: 'resolve-conflict' });
    const { itemId, patientId, change } = row.change;
    const words = wordsOf(change);
    const newer = words && findDraft(desk.db, itemId, words.kind);
    const queued = doAgain(desk, change, { opId: input.newOpId, itemId, patientId, seen: input.seen });
    // The act took its words from the change, so what has been typed since is no part of it and stays.
    if (queued.ok && newer && newer.text !== words.text) saveDraft(desk.db, { itemId, kind: words.kind, ...newer });
    return queued;
  });
  if (!again.ok) return again;
  desk.journal.retire(input.opId);
  return ok({});
}

const neededFor: Record<ChangeKind, Permission> = {
  claim: 'triage',
  'release-claim': 'triage',
  assign: 'triage',
  'set-priority': 'triage',
  finish: 'triage',
  reply: 'reply',
  note: 'note',
  'decide-repeat': 'approve-repeat',
  'release-result': 'release-result',
  'hold-result': 'release-result',
};

function doAgain(desk: Desk, change: Change, act: ActInput): Result<Queued, AppError> {
  const needs = neededFor[change.kind];
  if (!may(desk.user.role, needs)) return err({ kind: 'not-allowed', needs });
  switch (change.kind) {
    case 'claim':
      return claimItem(desk, act);
    case 'release-claim':
      return releaseClaim(desk, act);
    case 'assign':
      return assignItem(desk, { ...act, assignee: change.assignee });
    case 'set-priority':
      return setPriority(desk, { ...act, priority: change.priority });
    case 'finish':
      return finishItem(desk, { ...act, outcome: change.outcome });
    case 'reply':
      return replyToThread(desk, { ...act, text: change.text, finish: change.finish, outcome: change.outcome });
    case 'note':
      return addNote(desk, { ...act, text: change.text });
    case 'decide-repeat':
      return decideRepeat(desk, { ...act, decisions: change.decisions, message: change.answerText });
    case 'release-result':
      return releaseResult(desk, { ...act, comment: change.comment, noComment: change.comment === null, contact: change.contact });
    case 'hold-result':
      return holdResult(desk, {
        ...act,
        reason: change.reason,
        reasonText: change.reasonText,
        untilOn: dayOf(change.untilAt, desk.zone),
      });
  }
}
