import { acts } from '../../../shared/acts/acts.ts';
import type { Result } from '../../../shared/result.ts';
import { refsOfEffect, touchedFields } from '../../fhir/acts/effect.ts';
import type { BaseBodies } from '../../fhir/acts/request-entry.ts';
import { toRequest } from '../../fhir/acts/to-request.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import { findVersion } from '../../store/mirror/mirror.ts';
import { findChange, type OutboxRow } from '../../store/outbox/outbox-rows.ts';
import {
  baseBodies,
  markConflict,
  markNeedsSignIn,
  markRejected,
  markRetry,
  markSending,
  markUnknown,
  moveBase,
} from '../../store/outbox/outbox-send.ts';
import { waitMs } from '../engine/backoff.ts';
import { inOneProjection } from '../project/projection.ts';
import { classifyVersion } from '../pull/classify-version.ts';
import { isAsSeen, type MovedWithPatient, movedWithPatient } from './as-seen.ts';
import { confirm } from './confirm.ts';
import { judge, type Moved, mostRebases } from './conflict.ts';
import { conflictWords } from './conflict-words.ts';
import { type Effect, findEffect } from './find-effect.ts';
import { sendOneByOne } from './saga.ts';
import type { SendContext } from './send-context.ts';

/** What sending one change said about the connection; null: the server answered. */
export type Sent = RequestFailure | null;

interface Attempt {
  readonly row: OutboxRow;
  /** An earlier or this attempt may have taken effect. */
  readonly mayHaveArrived: boolean;
  readonly rebases: number;
}

/**
 * Sends one change and files what became of it: done, conflict, rejected, or waiting for a next attempt. A change that was ever sent before is
 * asked about first, so that a lost answer never makes a second effect (SAFETY I2).
 */
export async function sendChange(deps: SendContext, row: OutboxRow): Promise<Sent> {
  markSending(deps.db, row.change.opId, nowText(deps));
  // A recovered change may have been sent by the database that was lost.
  const first: Attempt = { row, mayHaveArrived: row.attempts > 0 || row.recovered, rebases: 0 };
  if (!first.mayHaveArrived) return attempt(deps, first);
  const base = baseBodies(deps.db, row.change.opId);
  const effect = await findEffect(deps, row.change, base);
  if (!effect.ok) return postponeLook(deps, first, effect.error);
  if (effect.value.isOurs) return settle(deps, first, base, [...effect.value.current.values()]);
  return mayStillArrive(deps, row, base) ? waitForIt(deps, row) : attempt(deps, first);
}

/**
 * The process before this one died over this change, just now. Our ids and versions make a second request harmless; where the server chooses the
 * ids it could make a second message beside the first (WIRE, Pitfalls: conditional create).
 */
function mayStillArrive({ context, askOnlyUntil = 0, clock }: SendContext, row: OutboxRow, base: BaseBodies): boolean {
  if (row.state !== 'unknown' || row.notBefore !== null || clock.now() >= askOnlyUntil) return false;
  return refsOfEffect(row.change, base, context).some(
    ({ ref, opId }) => opId !== null && !context.acceptsClientIds(ref.split('/')[0] ?? ''),
  );
}

function waitForIt(deps: SendContext, { change }: OutboxRow): Sent {
  const notBefore = new Date(deps.askOnlyUntil ?? 0).toISOString();
  markUnknown(deps.db, change.opId, { notBefore, problem: waitingWords('unreachable') }, nowText(deps));
  return null;
}

async function attempt(deps: SendContext, current: Attempt): Promise<Sent> {
  const row = findChange(deps.db, current.row.change.opId) ?? current.row;
  const base = baseBodies(deps.db, row.change.opId);
  const request = toRequest(row.change, base, deps.context);
  if (!request.ok) return reject(deps, row, request.error.reason);
  const beside = movedWithPatient(deps, row.change, base);
  if (beside) return stopBecauseOf(deps, current, base, beside);
  const asSeen = await isAsSeen(deps, row, base);
  if (!asSeen.ok) return postponeLook(deps, current, asSeen.error);
  if (!asSeen.value) return resolve(deps, current, base);
  const answer: Result<readonly StoredResource[], RequestFailure> =
    request.value.isTransaction && !deps.atomic ? await sendOneByOne(deps, row, base) : await deps.portal.send(request.value);
  if (answer.ok) return settle(deps, { ...current, mayHaveArrived: true }, base, answer.value);
  if (answer.error.kind === 'conflict') return resolve(deps, current, base);
  return postpone(deps, current, answer.error);
}

async function settle(deps: SendContext, current: Attempt, base: BaseBodies, answered: readonly StoredResource[]): Promise<Sent> {
  const confirmed = await confirm(deps, current.row, base, answered);
  return confirmed.ok ? null : postponeLook(deps, { ...current, mayHaveArrived: true }, confirmed.error);
}

/** The server refused a version or a condition: ours already, or somebody else's; then rebase, or let a person decide. */
async function resolve(deps: SendContext, current: Attempt, base: BaseBodies): Promise<Sent> {
  const { row, rebases } = current;
  const found = await findEffect(deps, row.change, base);
  if (!found.ok) return postponeLook(deps, current, found.error);
  if (found.value.isOurs) return settle(deps, current, base, [...found.value.current.values()]);
  const moved = movedResources(deps, row, base, found.value);
  const verdict = judge(row.change.change.kind, moved, rebases);
  if (verdict.kind === 'rebase' && rebases < mostRebases) {
    takeCurrent(deps, found.value);
    for (const { ref } of moved) rebaseOn(deps, row, ref, found.value);
    return attempt(deps, { ...current, rebases: rebases + 1 });
  }
  const { ref, elements } = verdict.kind === 'conflict' ? verdict : { ref: '', elements: [] };
  const problem = conflictWords(ref, elements, isPartlyDone(deps, row, base, found.value));
  return deps.db.transaction(() => {
    takeCurrent(deps, found.value);
    return fileConflict(deps, row, problem);
  });
}

/** Something that the author did not see has come with the patient. What an attempt before this one may have done is looked for, to be told. */
async function stopBecauseOf(deps: SendContext, current: Attempt, base: BaseBodies, { ref, elements }: MovedWithPatient): Promise<Sent> {
  const { row, mayHaveArrived } = current;
  if (!mayHaveArrived) return fileConflict(deps, row, conflictWords(ref, elements, false));
  const found = await findEffect(deps, row.change, base);
  if (!found.ok) return postponeLook(deps, current, found.error);
  return fileConflict(deps, row, conflictWords(ref, elements, isPartlyDone(deps, row, base, found.value)));
}

function isPartlyDone({ context }: SendContext, { change }: OutboxRow, base: BaseBodies, { current }: Effect): boolean {
  return refsOfEffect(change, base, context).some(({ ref, opId }) => opId !== null && current.has(ref));
}

function fileConflict(deps: SendContext, { change }: OutboxRow, problem: string): Sent {
  markConflict(deps.db, change.opId, problem, nowText(deps));
  return null;
}

/** What is no longer as the author saw it, of all that the act rests on. */
function movedResources(deps: SendContext, { change }: OutboxRow, base: BaseBodies, { current }: Effect): readonly Moved[] {
  const touched = touchedFields(change, base, deps.context);
  return [...base].flatMap(([ref, seen]) => {
    const now = current.get(ref);
    if (now?.versionId === seen.versionId) return [];
    if (!acts[change.change.kind].clinical && !touched.has(ref)) return [];
    return [{ ref, base: seen.body, current: now?.body ?? '{}', touched: touched.get(ref) ?? [] }];
  });
}

function rebaseOn({ db }: SendContext, { change }: OutboxRow, ref: string, { current }: Effect): void {
  const now = current.get(ref);
  if (now) moveBase(db, change.opId, ref, now.versionId, now.body);
}

/** The screens show what the conflict is about. */
function takeCurrent(deps: SendContext, { current }: Effect): void {
  inOneProjection(deps, (projection) => {
    for (const resource of current.values()) {
      if (classifyVersion(resource, findVersion(deps.db, resource.type, resource.id)) !== 'known') projection.keep(resource);
    }
  });
}

function reject(deps: SendContext, row: OutboxRow, problem: string): Sent {
  markRejected(deps.db, row.change.opId, problem, nowText(deps));
  return null;
}

/** Files a failed attempt. Answers with the failure when it says something about the connection. */
function postpone(deps: SendContext, { row, mayHaveArrived }: Attempt, failure: RequestFailure): Sent {
  const { db } = deps;
  const { opId } = row.change;
  const attempts = row.attempts + 1;
  switch (failure.kind) {
    case 'unauthenticated':
      markNeedsSignIn(db, opId, nowText(deps), { neverArrived: !mayHaveArrived });
      return failure;
    case 'forbidden':
    case 'rejected':
    case 'gone':
    case 'conflict':
      return reject(deps, row, failure.issue);
    case 'unreachable':
    case 'busy':
    case 'not-fhir': {
      const retryAfter = failure.kind === 'busy' ? failure.retryAfterSeconds : null;
      const wait = waitMs(attempts, retryAfter, deps.random);
      const lost = failure.sent === 'maybe';
      const notBefore = new Date(deps.clock.now() + (lost ? Math.max(wait, deps.lostAnswerMs) : wait)).toISOString();
      const mark = lost || mayHaveArrived ? markUnknown : markRetry;
      mark(db, opId, { notBefore, problem: waitingWords(failure.kind) }, nowText(deps));
      return failure;
    }
  }
}

/** Looking failed. A refusal to show is no word on the change itself: what may have taken effect is asked about again, never called refused. */
function postponeLook(deps: SendContext, current: Attempt, failure: RequestFailure): Sent {
  const isRefusal = ['forbidden', 'rejected', 'gone', 'conflict'].includes(failure.kind);
  if (!current.mayHaveArrived || !isRefusal) return postpone(deps, current, failure);
  const wait = Math.max(waitMs(current.row.attempts + 1, null, deps.random), deps.lostAnswerMs);
  const notBefore = new Date(deps.clock.now() + wait).toISOString();
  markUnknown(
    deps.db,
    current.row.change.opId,
    { notBefore, problem: 'The portal server does not say whether it was done.' },
    nowText(deps),
  );
  return null;
}

function waitingWords(kind: 'unreachable' | 'busy' | 'not-fhir'): string {
  if (kind === 'unreachable') return 'The portal server did not answer.';
  return kind === 'busy' ? 'The portal server is busy.' : 'Something other than the portal server answered.';
}

function nowText({ clock }: SendContext): string {
  return new Date(clock.now()).toISOString();
}
