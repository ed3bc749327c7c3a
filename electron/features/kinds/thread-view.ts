import { writesOf } from '../../../shared/acts/acts.ts';
import type { Writes } from '../../../shared/acts/define-act.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import { findRedFlags } from '../../../shared/domain/red-flags.ts';
import type { InternalNote, Message, Thread } from '../../../shared/domain/thread.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { type OutboxRow, openChangesOf, openChangesOfPatient } from '../../store/outbox/outbox-rows.ts';
import { findPatient } from '../../store/record/patients.ts';
import { findThread, messagesOf, notesOf, patientNotesOf } from '../../store/record/threads.ts';
import { focusIdOf } from './item-focus.ts';

/** Still on its way: shown in its place, marked as not yet confirmed. What failed is in the outbox, not in the conversation. */
function isOnItsWay({ state }: OutboxRow): boolean {
  return state !== 'conflict' && state !== 'rejected';
}

/** The conversation behind a message item, our unconfirmed replies at its end. Undefined: the item names none. */
export function threadOf(db: ReadDb, item: WorkItem): Thread | undefined {
  const threadId = focusIdOf(db, item, 'Communication');
  if (threadId === undefined) return undefined;
  const patient = item.patientId === null ? undefined : findPatient(db, item.patientId);
  const confirmed = messagesOf(db, threadId);
  return {
    id: threadId,
    topic: findThread(db, threadId)?.topic ?? item.subject,
    messages: [...confirmed, ...ownReplies(db, item).filter(({ id }) => !confirmed.some((message) => message.id === id))],
    redFlags: confirmed
      .filter((message) => message.from.kind !== 'staff')
      .flatMap((message) => findRedFlags(message.text).map(({ phrase, matched }) => ({ phrase, matched, messageId: message.id }))),
    readers: patient ? readersOf(patient) : [],
  };
}

function ownReplies(db: ReadDb, item: WorkItem): Message[] {
  return ownWritings(db, item, 'thread').map(({ id, text, at, by, opId }) => ({
    id,
    sentAt: at,
    from: { kind: 'staff', name: by },
    text,
    attachments: [],
    readAt: null,
    opId,
  }));
}

/** What our acts on their way put into the conversation or the notes. */
function ownWritings(db: ReadDb, item: WorkItem, to: Writes['to']) {
  return writingsOf(openChangesOf(db, item.taskId), to);
}

function writingsOf(rows: readonly OutboxRow[], to: Writes['to']) {
  return rows.filter(isOnItsWay).flatMap(({ change: { change, createdAt: at, authorName: by, opId } }) => {
    const writes = writesOf(change.kind, change);
    return writes?.to === to ? [{ id: writes.id, text: writes.text, at, by, opId }] : [];
  });
}

/** Who sees a reply: the patient, and each proxy who may read. */
function readersOf(patient: Patient): string[] {
  const proxies = patient.proxies.filter(({ canRead }) => canRead).map(({ name, relationship }) => `${name} (${relationship})`);
  return [`${patient.givenNames} ${patient.familyName}`.trim(), ...proxies];
}

type Writing = ReturnType<typeof writingsOf>[number];

/** Notes of an item, with ours that the server has not confirmed. */
export function notesWithOwn(db: ReadDb, item: WorkItem): InternalNote[] {
  return withOwn(notesOf(db, item.taskId), ownWritings(db, item, 'notes'));
}

/** The same of the notes on a patient, which stand beside every item of theirs. */
export function patientNotesWithOwn(db: ReadDb, patientId: string): InternalNote[] {
  return withOwn(patientNotesOf(db, patientId), writingsOf(openChangesOfPatient(db, patientId), 'notes'));
}

function withOwn(confirmed: readonly InternalNote[], own: readonly Writing[]): InternalNote[] {
  const waiting = own.map(({ id, text, at, by, opId }): InternalNote => ({ id, writtenAt: at, by, text, opId }));
  return [...confirmed, ...waiting.filter(({ id }) => !confirmed.some((note) => note.id === id))];
}
