import type { Patient } from '../../../shared/domain/patient.ts';
import { findRedFlags } from '../../../shared/domain/red-flags.ts';
import type { InternalNote, Message, Thread } from '../../../shared/domain/thread.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { type OutboxRow, openChangesOf } from '../../store/outbox/outbox-rows.ts';
import { findPatient } from '../../store/record/patients.ts';
import { findThread, messagesOf, notesOf } from '../../store/record/threads.ts';
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
  return openChangesOf(db, item.id)
    .filter(isOnItsWay)
    .flatMap(({ change: { change, createdAt, authorName, opId } }) =>
      change.kind === 'reply'
        ? [
            {
              id: change.messageId,
              sentAt: createdAt,
              from: { kind: 'staff' as const, name: authorName },
              text: change.text,
              attachments: [],
              readAt: null,
              opId,
            },
          ]
        : [],
    );
}

/** Who sees a reply: the patient, and each proxy who may read. */
function readersOf(patient: Patient): string[] {
  const proxies = patient.proxies.filter(({ canRead }) => canRead).map(({ name, relationship }) => `${name} (${relationship})`);
  return [`${patient.givenNames} ${patient.familyName}`.trim(), ...proxies];
}

/** Notes of an item, with ours that the server has not confirmed. */
export function notesWithOwn(db: ReadDb, item: WorkItem): InternalNote[] {
  const confirmed = notesOf(db, item.id);
  const own = openChangesOf(db, item.id)
    .filter(isOnItsWay)
    .flatMap(({ change: { change, createdAt, authorName, opId } }): InternalNote[] =>
      change.kind === 'note' ? [{ id: change.noteId, writtenAt: createdAt, by: authorName, text: change.text, opId }] : [],
    );
  return [...confirmed, ...own.filter(({ id }) => !confirmed.some((note) => note.id === id))];
}
