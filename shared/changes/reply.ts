import { z } from 'zod';
import { Outcome } from '../domain/thread.schema.ts';
import { messageTextLimit } from '../domain/thread.ts';
import { defineChange } from './define-change.ts';

export const reply = defineChange({
  subject: 'item',
  input: z.strictObject({ text: z.string().max(messageTextLimit), finish: z.boolean(), outcome: Outcome.nullable() }),
  change: z.object({
    kind: z.literal('reply'),
    v: z.literal(1),
    /** Communication id of the thread's header. */
    threadId: z.string(),
    inResponseTo: z.string().nullable(),
    messageId: z.string(),
    text: z.string(),
    finish: z.boolean(),
    outcome: Outcome.nullable(),
  }),
});
