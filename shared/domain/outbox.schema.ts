import { z } from 'zod';
import { Instant, ItemKey, OpId, PatientId } from '../ids.schema.ts';

/**
 * Where a queued change stands. `unknown`: sent, answer lost; asked again until the server says.
 * `needs-sign-in`: parked until its author signs in. `undone`: taken back inside the hold.
 */
export const OutboxState = z.enum(['queued', 'sending', 'unknown', 'done', 'conflict', 'rejected', 'needs-sign-in', 'undone']);
export type OutboxState = z.infer<typeof OutboxState>;

export const OutboxEntry = z.object({
  opId: OpId,
  /** Null: not on an item. */
  itemKey: ItemKey.nullable(),
  patientId: PatientId.nullable(),
  familyName: z.string(),
  givenNames: z.string(),
  nhi: z.string().nullable(),
  kind: z.string(),
  /** One line: "Reply: Your script is ready…". */
  summary: z.string(),
  state: OutboxState,
  createdAt: Instant,
  /** End of the undo hold; sent at or after. */
  sendsAt: Instant,
  attempts: z.number().int(),
  nextAttemptAt: Instant.nullable(),
  /** Server's or our reason in plain words, for conflict, rejected and retries. */
  problem: z.string().nullable(),
  recovered: z.boolean(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** Both versions of one thing, side by side; nothing typed is lost (PRODUCT 64). */
export const ConflictView = z.object({
  entry: OutboxEntry,
  yours: z.object({ summary: z.string(), text: z.string().nullable(), at: Instant }),
  theirs: z.object({ summary: z.string(), by: z.string().nullable(), at: Instant.nullable() }),
  differences: z.array(z.object({ what: z.string(), seen: z.string(), now: z.string() })),
});
export type ConflictView = z.infer<typeof ConflictView>;
