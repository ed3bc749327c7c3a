import { z } from 'zod';
import { Instant, ItemId, OpId, PatientId, Seen, StaffId } from '../ids.ts';
import { MedicineDecision, RuleFinding } from './repeat-request.ts';
import { Pool } from './staff.ts';
import { HoldReason, PatientContact } from './test-result.ts';
import { Outcome } from './thread.ts';
import { Priority } from './work-item.ts';

export const Assignee = z.discriminatedUnion('to', [
  z.object({ to: z.literal('staff'), staffId: StaffId, name: z.string() }),
  z.object({ to: z.literal('pool'), pool: Pool }),
]);
export type Assignee = z.infer<typeof Assignee>;

/** A medicine's decision with what else must be fixed when queued: ids, so that a retry makes the same order; and the rules that spoke, for the record. */
export const QueuedDecision = z.intersection(
  MedicineDecision,
  z.object({ orderOpId: OpId, orderId: z.string(), medicineText: z.string(), findings: z.array(RuleFinding) }),
);
export type QueuedDecision = z.infer<typeof QueuedDecision>;

/**
 * What a person did, in the words of the domain, complete when queued: sending it twice is the same change.
 * Outlives app versions: each kind carries `v`; a new shape is a new `v`, and every released one parses for ever.
 */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claim'), v: z.literal(1) }),
  z.object({ kind: z.literal('release-claim'), v: z.literal(1) }),
  z.object({ kind: z.literal('assign'), v: z.literal(1), assignee: Assignee }),
  z.object({ kind: z.literal('set-priority'), v: z.literal(1), priority: Priority }),
  z.object({ kind: z.literal('finish'), v: z.literal(1), outcome: Outcome.nullable() }),
  z.object({
    kind: z.literal('reply'),
    v: z.literal(1),
    threadId: z.string(),
    inResponseTo: z.string().nullable(),
    messageId: z.string(),
    text: z.string(),
    finish: z.boolean(),
    outcome: Outcome.nullable(),
  }),
  z.object({ kind: z.literal('note'), v: z.literal(1), noteId: z.string(), text: z.string() }),
  z.object({
    kind: z.literal('decide-repeat'),
    v: z.literal(1),
    decisions: z.array(QueuedDecision).min(1),
    answerId: z.string(),
    answerOpId: OpId,
    /** What the patient is told; made of the decisions when queued, so that what was seen is what is sent. */
    answerText: z.string(),
  }),
  z.object({
    kind: z.literal('release-result'),
    v: z.literal(1),
    reportId: z.string(),
    measurementIds: z.array(z.string()),
    comment: z.string().nullable(),
    commentId: z.string(),
    commentOpId: OpId,
    contact: PatientContact.nullable(),
  }),
  z.object({
    kind: z.literal('hold-result'),
    v: z.literal(1),
    reportId: z.string(),
    reason: HoldReason,
    reasonText: z.string().nullable(),
    untilAt: Instant,
    ownerId: StaffId,
    ownerName: z.string(),
  }),
]);
export type Change = z.infer<typeof Change>;
export type ChangeKind = Change['kind'];

/** A change in the outbox: who, when, on what, having seen which versions. Only ever sent with its author's session (SAFETY I13). */
export const QueuedChange = z.object({
  opId: OpId,
  itemId: ItemId,
  patientId: PatientId.nullable(),
  /** PractitionerRole that signs. */
  authorId: StaffId,
  authorName: z.string(),
  /** Subject (`sub`) of the session it was made in. */
  authorSubject: z.string(),
  createdAt: Instant,
  seen: Seen,
  change: Change,
});
export type QueuedChange = z.infer<typeof QueuedChange>;

/** Seconds that an act which can be taken back waits in the outbox (UI, Actions, undo and safety). */
export const holdSeconds = 10;

/** What leaves the practice, and what a slip of a key does. A claim goes at once: until it arrives, a colleague may take the item too. */
const held: readonly ChangeKind[] = ['reply', 'decide-repeat', 'release-result', 'finish', 'assign', 'set-priority'];

export function isHeldBeforeSending(kind: ChangeKind): boolean {
  return held.includes(kind);
}
