import { createHash } from 'node:crypto';
import { acts, isPortalAct, itemRulesOf } from '../../../shared/acts/acts.ts';
import {
  type ActKind,
  type ActRequest,
  changes,
  type QueuedChange,
  type Subject,
  type SubjectOf,
} from '../../../shared/changes/changes.ts';
import type { Topic } from '../../../shared/channels.ts';
import type { Performed, Reply } from '../../../shared/contract.ts';
import type { PracticeZone } from '../../../shared/dates.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OpId, Seen } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { findAuditedAct, recordAct } from '../../store/audit/audit.ts';
import type { ReadDb, WriteDb } from '../../store/db.ts';
import type { Journal } from '../../store/journal/journal.ts';
import { appendIntent } from '../../store/journal/recover-journal.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { draftKeyOf, dropDraft } from '../../store/marks/drafts.ts';
import { enqueue, findQueued } from '../../store/outbox/outbox.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import { deciders } from './acts.ts';
import type { Decision } from './define-decide.ts';
import { takeEffectHere } from './here.ts';
import { type FoundSubject, findSubject } from './subject.ts';

/** One act to do. Nothing in it that can't be cloned: the writer may come to be a thread of its own. */
export interface PerformMessage {
  readonly request: ActRequest;
  /** Who acts, and `sub` of the session that signs (SAFETY I13). */
  readonly author: { readonly staff: Staff; readonly subject: string };
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface PerformAnswer {
  readonly reply: Result<Performed, AppError>;
  /** What the screens are to be told. */
  readonly announce: readonly Topic[];
  /** Something waits to be sent. */
  readonly wake: boolean;
}

export interface PerformContext {
  readonly db: WriteDb;
  readonly journal: Journal;
  readonly zone: PracticeZone;
  readonly newId: () => string;
}

/**
 * Makes an act durable: right, patient, ownership, openness and versions are checked, its own rules decide, and it is saved, audited and queued; one
 * transaction, and the journal's record on the disk before it commits (SAFETY D5). The same op id with the same content again gives the same
 * answer and changes nothing (I2); with other content it is refused.
 */
export function perform(context: PerformContext, message: PerformMessage): Promise<PerformAnswer> {
  return Promise.resolve(performNow(context, message));
}

/** An act from a window, by the person who is signed in: done, told to the screens, sent soon. */
export async function performAct(context: UseCaseContext, request: ActRequest): Promise<Reply<'acts.perform'>> {
  const author = { staff: context.user, subject: context.subject };
  const { reply, announce, wake } = await perform(context, { request, author, now: context.now() });
  if (announce.length > 0) context.announce(announce);
  if (wake) context.sync.wake();
  return reply;
}

/** The same inside a transaction of the caller's, which undoes it when the caller fails after it. */
export function performNow(context: PerformContext, message: PerformMessage): PerformAnswer {
  const { kind, opId } = message.request;
  const reply = context.db.transaction(() => performIn(context, message, message.request));
  if (!reply.ok) return { reply, announce: [], wake: false };
  const leaves = isPortalAct(kind);
  // What lives here is whole once it is committed; the record was for the case that the commit is lost.
  if (!leaves) context.journal.retire(opId);
  return { reply, announce: leaves ? ['inbox', 'item', 'outbox'] : ['inbox'], wake: leaves };
}

function performIn<K extends ActKind>(
  context: PerformContext,
  { author, now }: Omit<PerformMessage, 'request'>,
  request: ActRequest<K>,
): Result<Performed, AppError> {
  const { db, zone, newId } = context;
  const { kind, opId, input, seen } = request;
  const hash = hashOf(kind, request.subject, input);
  const earlier = replayAnswer(db, { kind, opId, hash }, request.subject);
  if (earlier) return earlier;
  const subject = findSubject<SubjectOf<K>>(changes[kind].subject, db, request.subject, { kind, opId, seen, author: author.staff });
  if (!subject.ok) return subject;
  const { item, patient } = subject.value;
  const decided = deciders[kind]({ db, input, author: author.staff, now, zone, newId, patient, item });
  if (!decided.ok) return decided;
  return ok(save(context, { author, now }, { kind, opId, seen, hash, subject: subject.value, decision: decided.value }));
}

/** What was asked, without the versions: a window that asks again after a restart may have read the item anew. */
function hashOf(kind: ActKind, subject: unknown, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, subject, input]))
    .digest('hex');
}

function replayAnswer(db: ReadDb, { kind, opId, hash }: Intent, subject: object): Result<Performed, AppError> | undefined {
  const used = err<AppError>({ kind: 'invalid-input', field: 'opId', problem: 'used' });
  const queued = findQueued(db, opId);
  if (queued) {
    const stands = queued.requestHash === hash && !['undone', 'conflict', 'rejected'].includes(queued.state);
    return stands ? ok({ opId, sendsAt: queued.sendsAt }) : used;
  }
  const audited = findAuditedAct(db, opId);
  if (!audited) return undefined;
  // Of what lives here the item is all the content; its Task stays the same when its key changes.
  const taskId = 'itemKey' in subject ? findWorkItem(db, String(subject.itemKey))?.taskId : null;
  return audited.action === kind && audited.taskId === taskId ? ok({ opId, sendsAt: audited.recordedAt }) : used;
}

interface Intent<K extends ActKind = ActKind> {
  readonly kind: K;
  readonly opId: OpId;
  readonly hash: string;
}

interface ToSave<K extends ActKind> extends Intent<K> {
  readonly seen: Seen;
  readonly subject: FoundSubject<SubjectOf<K>>;
  readonly decision: Decision<K>;
}

/** What moves the row alone rests on the Task alone: nothing else is kept with it, and nothing else is written for it. */
function keptSeen(kind: ActKind, subject: Subject, seen: Seen): Seen {
  if (subject.of !== 'item' || itemRulesOf(kind)?.requiredVersions === 'everything-shown') return seen;
  const task = seen[`Task/${subject.taskId}`];
  return task === undefined ? {} : { [`Task/${subject.taskId}`]: task };
}

function save<K extends ActKind>(
  { db, journal }: PerformContext,
  { author, now }: Omit<PerformMessage, 'request'>,
  act: ToSave<K>,
): Performed {
  const { kind, opId } = act;
  const { change, dropsDraft } = act.decision;
  const subject: Subject = act.subject.of;
  const createdAt = new Date(now).toISOString();
  const sendsAt = new Date(now + acts[kind].undoWindowSeconds * 1000).toISOString();
  const queued: QueuedChange = {
    opId,
    subject,
    patientId: act.subject.patientId,
    authorId: author.staff.id,
    authorName: author.staff.name,
    authorSubject: author.subject,
    createdAt,
    seen: keptSeen(kind, subject, act.seen),
    change,
  };
  const item = subject.of === 'item' ? subject : null;
  const draftKey = dropsDraft && draftKeyOf({ key: item?.itemKey ?? null, patientId: queued.patientId }, dropsDraft);
  if (dropsDraft && draftKey) dropDraft(db, draftKey, dropsDraft);
  recordAct(db, queued);
  if (isPortalAct(kind)) enqueue(db, queued, { sendsAt, requestHash: act.hash });
  else takeEffectHere(db, queued);
  appendIntent(db, journal, queued);
  return { opId, sendsAt };
}
