import { z } from 'zod';
import { Instant, OpId } from '../ids.schema.ts';
import { outcomes } from './thread.ts';

export const Message = z.object({
  id: z.string(),
  sentAt: Instant,
  from: z.object({ kind: z.enum(['patient', 'proxy', 'staff', 'unknown']), name: z.string() }),
  text: z.string(),
  attachments: z.array(z.object({ title: z.string(), contentType: z.string(), sizeBytes: z.number().int().nullable() })),
  /** Set by the portal when the other side opened it. */
  readAt: Instant.nullable(),
  /** Of ours and not yet confirmed by the server. */
  opId: OpId.nullable(),
});
export type Message = z.infer<typeof Message>;

/** Seen only inside the practice; carries the NOPAT label on the server and can never be sent (PRODUCT 10). */
export const InternalNote = z.object({ id: z.string(), writtenAt: Instant, by: z.string(), text: z.string(), opId: OpId.nullable() });
export type InternalNote = z.infer<typeof InternalNote>;

/** A phrase that raises priority, with the very words that matched (PRODUCT 7). It raises, never lowers. */
export const RedFlag = z.object({ phrase: z.string(), matched: z.string(), messageId: z.string() });
export type RedFlag = z.infer<typeof RedFlag>;

export const Thread = z.object({
  id: z.string(),
  topic: z.string(),
  messages: z.array(Message),
  redFlags: z.array(RedFlag),
  /** Who else can read a reply. */
  readers: z.array(z.string()),
});
export type Thread = z.infer<typeof Thread>;

export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;
