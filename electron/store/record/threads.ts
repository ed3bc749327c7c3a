import { z } from 'zod';
import { InternalNote, Message } from '../../../shared/domain/thread.schema.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { idOf, numberOf, numberResource } from '../mirror/resource-number.ts';

const SenderKind = Message.shape.from.shape.kind;

export interface ThreadRecord {
  /** Communication id of the header. */
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string | null;
  readonly topic: string;
  readonly senderKind: z.infer<typeof SenderKind>;
}

export interface MessageRecord extends Omit<Message, 'opId'> {
  readonly versionId: string;
  readonly threadId: string;
  readonly patientId: string | null;
}

export interface NoteRecord extends Omit<InternalNote, 'opId'> {
  /** Null: a note on the patient. */
  readonly taskId: string | null;
  readonly patientId: string | null;
}

const saveThreadSql =
  defineStatement(`INSERT INTO thread (number, version_id, patient, topic, sender_kind) VALUES (:number, :versionId, :patient, :topic, :senderKind)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, patient = excluded.patient, topic = excluded.topic,
       sender_kind = excluded.sender_kind`);

export function saveThread(db: WriteDb, { id, patientId, ...thread }: ThreadRecord): void {
  db.write(saveThreadSql).run({ ...thread, number: numberResource(db, 'Communication', id), patient: numberPatient(db, patientId) });
}

const numberPatient = (db: WriteDb, id: string | null) => (id === null ? null : numberResource(db, 'Patient', id));

const saveMessageSql =
  defineStatement(`INSERT INTO message (number, version_id, thread, patient, sent_at, from_kind, from_name, body, attachments, read_at)
     VALUES (:number, :versionId, :thread, :patient, :sentAt, :fromKind, :fromName, :text, :attachments, :readAt)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, thread = excluded.thread, patient = excluded.patient,
       sent_at = excluded.sent_at, from_kind = excluded.from_kind, from_name = excluded.from_name, body = excluded.body,
       attachments = excluded.attachments, read_at = excluded.read_at`);

export function saveMessage(db: WriteDb, message: MessageRecord): void {
  db.write(saveMessageSql).run({
    number: numberResource(db, 'Communication', message.id),
    versionId: message.versionId,
    thread: numberResource(db, 'Communication', message.threadId),
    patient: numberPatient(db, message.patientId),
    sentAt: message.sentAt,
    fromKind: message.from.kind,
    fromName: message.from.name,
    text: message.text,
    attachments: JSON.stringify(message.attachments),
    readAt: message.readAt,
  });
}

const MessageRow = z
  .object({
    id: z.string(),
    sentAt: z.string(),
    fromKind: SenderKind,
    fromName: z.string(),
    text: z.string(),
    attachments: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(Message.shape.attachments),
    readAt: z.string().nullable(),
  })
  .transform(({ fromKind, fromName, ...message }): Message => ({ ...message, from: { kind: fromKind, name: fromName }, opId: null }));

export interface StoredThread {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string | null;
  readonly topic: string;
  /** Oldest first. */
  readonly messages: Message[];
}

const ThreadRow = z.object({ id: z.string(), versionId: z.string(), patientId: z.string().nullable(), topic: z.string() });

const findThreadSql = defineStatement(
  `SELECT :id AS id, version_id AS versionId, ${idOf('patient')} AS patientId, topic FROM thread WHERE number = ${numberOf("'Communication'", ':id')}`,
);

/** A thread as confirmed by the server; what of ours still waits is in the outbox. */
export function findThread(db: ReadDb, id: string): StoredThread | undefined {
  const row = db.read(findThreadSql).get({ id });
  return row && { ...ThreadRow.parse(row), messages: messagesOf(db, id) };
}

const messagesOfSql =
  defineStatement(`SELECT ${idOf('message.number')} AS id, sent_at AS sentAt, from_kind AS fromKind, from_name AS fromName, body AS text, attachments, read_at AS readAt
       FROM message WHERE thread = ${numberOf("'Communication'", ':threadId')} ORDER BY sent_at, id`);

/** Messages of a thread, oldest first, also when its header has not arrived yet. */
export function messagesOf(db: ReadDb, threadId: string): Message[] {
  const rows = db.read(messagesOfSql).all({ threadId });
  return rows.map((row) => MessageRow.parse(row));
}

const hasMessageOfAnotherSql = defineStatement(
  `SELECT 1 FROM message WHERE thread = ${numberOf("'Communication'", ':threadId')} AND patient IS NOT NULL
     AND patient IS NOT ${numberOf("'Patient'", ':patientId')} LIMIT 1`,
);

const threadOfMessageSql = defineStatement(
  `SELECT ${idOf('message.thread')} AS threadId FROM message WHERE number = ${numberOf("'Communication'", ':id')}`,
);

/** The thread that a message is in; undefined for a header, and for what has not arrived. */
export function threadOfMessage(db: ReadDb, id: string): string | undefined {
  return z.object({ threadId: z.string() }).optional().parse(db.read(threadOfMessageSql).get({ id }))?.threadId;
}

/** Whether a message of the thread names another patient than the item does. */
export function hasMessageOfAnother(db: ReadDb, threadId: string, patientId: string | null): boolean {
  return db.read(hasMessageOfAnotherSql).get({ threadId, patientId }) !== undefined;
}

const saveInternalNoteSql =
  defineStatement(`INSERT INTO internal_note (number, task_id, patient_id, written_at, by_name, body) VALUES (:number, :taskId, :patientId, :writtenAt, :by, :text)
     ON CONFLICT (number) DO UPDATE SET task_id = excluded.task_id, patient_id = excluded.patient_id, written_at = excluded.written_at, by_name = excluded.by_name, body = excluded.body`);

export function saveInternalNote(db: WriteDb, { id, ...note }: NoteRecord): void {
  db.write(saveInternalNoteSql).run({ ...note, number: numberResource(db, 'Communication', id) });
}

const notesOfSql = defineStatement(
  `SELECT ${idOf('internal_note.number')} AS id, written_at AS writtenAt, by_name AS "by", body AS text, NULL AS opId FROM internal_note
   WHERE task_id = :taskId ORDER BY written_at, id`,
);

/** Notes of an item that the server has confirmed, oldest first. */
export function notesOf(db: ReadDb, taskId: string): InternalNote[] {
  const rows = db.read(notesOfSql).all({ taskId });
  return z.array(InternalNote).parse(rows);
}

const patientNotesOfSql = defineStatement(
  `SELECT ${idOf('internal_note.number')} AS id, written_at AS writtenAt, by_name AS "by", body AS text, NULL AS opId FROM internal_note
   WHERE patient_id = :patientId AND task_id IS NULL ORDER BY written_at, id`,
);

/** Notes on a patient that the server has confirmed, oldest first. */
export function patientNotesOf(db: ReadDb, patientId: string): InternalNote[] {
  return z.array(InternalNote).parse(db.read(patientNotesOfSql).all({ patientId }));
}
