import { z } from 'zod';
import { MedicineDecision, RuleFinding } from '../domain/repeat-request.schema.ts';
import { messageTextLimit } from '../domain/thread.ts';
import { OpId } from '../ids.schema.ts';
import { defineChange } from './define-change.ts';

/** A medicine's decision with what else must be fixed when queued: ids, so that a retry makes the same order; and the rules that spoke, for the record. */
export const QueuedDecision = z.intersection(
  MedicineDecision,
  z.object({ orderOpId: OpId, orderId: z.string(), medicineText: z.string(), findings: z.array(RuleFinding) }),
);
export type QueuedDecision = z.infer<typeof QueuedDecision>;

export const decideRepeat = defineChange({
  subject: 'item',
  input: z.strictObject({ decisions: z.array(MedicineDecision).min(1).max(50), message: z.string().max(messageTextLimit).nullable() }),
  change: z.object({
    kind: z.literal('decide-repeat'),
    v: z.literal(1),
    decisions: z.array(QueuedDecision).min(1),
    answerId: z.string(),
    answerOpId: OpId,
    /** What the patient is told; made of the decisions when queued, so that what was seen is what is sent. */
    answerText: z.string(),
  }),
});
