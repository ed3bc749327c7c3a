import { z } from 'zod';
import { InternalNote, Message } from '../../../shared/domain/thread.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

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
  readonly itemId: string;
}

const saveThreadSql =
  defineStatement(`INSERT INTO thread (id, version_id, patient_id, topic, sender_kind) VALUES (:id, :versionId, :patientId, :topic, :senderKind)
     ON CONFLICT (id) DO UPDATE SET version_id = excluded.version_id, patient_id = excluded.patient_id, topic = excluded.topic,
       sender_kind = excluded.sender_kind`);

export function saveThread(db: WriteDb, thread: ThreadRecord): void {
  db.write(saveThreadSql).run({ ...thread });
}

const saveMessageSql =
  defineStatement(`INSERT INTO message (id, version_id, thread_id, patient_id, sent_at, from_kind, from_name, body, attachments, read_at)
     VALUES (:id, :versionId, :threadId, :patientId, :sentAt, :fromKind, :fromName, :text, :attachments, :readAt)
     ON CONFLICT (id) DO UPDATE SET version_id = excluded.version_id, thread_id = excluded.thread_id, patient_id = excluded.patient_id,
       sent_at = excluded.sent_at, from_kind = excluded.from_kind, from_name = excluded.from_name, body = excluded.body,
       attachments = excluded.attachments, read_at = excluded.read_at`);

export function saveMessage(db: WriteDb, message: MessageRecord): void {
  db.write(saveMessageSql).run({
    id: message.id,
    versionId: message.versionId,
    threadId: message.threadId,
    patientId: message.patientId,
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

const findThreadSql = defineStatement('SELECT id, version_id AS versionId, patient_id AS patientId, topic FROM thread WHERE id = :id');

/** A thread as confirmed by the server; what of ours still waits is in the outbox. */
export function findThread(db: ReadDb, id: string): StoredThread | undefined {
  const row = db.read(findThreadSql).get({ id });
  return row && { ...ThreadRow.parse(row), messages: messagesOf(db, id) };
}

const messagesOfSql =
  defineStatement(`SELECT id, sent_at AS sentAt, from_kind AS fromKind, from_name AS fromName, body AS text, attachments, read_at AS readAt
       FROM message WHERE thread_id = :threadId ORDER BY sent_at, id`);

/** Messages of a thread, oldest first, also when its header has not arrived yet. */
export function messagesOf(db: ReadDb, threadId: string): Message[] {
  const rows = db.read(messagesOfSql).all({ threadId });
  return rows.map((row) => MessageRow.parse(row));
}

const hasMessageOfAnotherSql = defineStatement(
  'SELECT 1 FROM message WHERE thread_id = :threadId AND patient_id IS NOT NULL AND patient_id IS NOT :patientId LIMIT 1',
);

/** Whether a message of the thread names another patient than the item does. */
export function hasMessageOfAnother(db: ReadDb, threadId: string, patientId: string | null): boolean {
  return db.read(hasMessageOfAnotherSql).get({ threadId, patientId }) !== undefined;
}

const saveInternalNoteSql =
  defineStatement(`INSERT INTO internal_note (id, item_id, written_at, by_name, body) VALUES (:id, :itemId, :writtenAt, :by, :text)
     ON CONFLICT (id) DO UPDATE SET item_id = excluded.item_id, written_at = excluded.written_at, by_name = excluded.by_name, body = excluded.body`);

export function saveInternalNote(db: WriteDb, note: NoteRecord): void {
  db.write(saveInternalNoteSql).run({ ...note });
}

const notesOfSql = defineStatement(
  'SELECT id, written_at AS writtenAt, by_name AS "by", body AS text, NULL AS opId FROM internal_note WHERE item_id = :itemId ORDER BY written_at, id',
);

/** Notes of an item that the server has confirmed, oldest first. */
export function notesOf(db: ReadDb, itemId: string): InternalNote[] {
  const rows = db.read(notesOfSql).all({ itemId });
  return z.array(InternalNote).parse(rows);
}
