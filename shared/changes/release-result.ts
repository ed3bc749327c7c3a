import { z } from 'zod';
import { PatientContact } from '../domain/test-result.schema.ts';
import { messageTextLimit } from '../domain/thread.ts';
import { OpId } from '../ids.schema.ts';
import { defineChange } from './define-change.ts';

export const releaseResult = defineChange({
  subject: 'item',
  input: z.strictObject({
    comment: z.string().max(messageTextLimit).nullable(),
    noComment: z.boolean(),
    contact: PatientContact.nullable(),
  }),
  change: z.object({
    kind: z.literal('release-result'),
    v: z.literal(1),
    reportId: z.string(),
    reportName: z.string(),
    measurementIds: z.array(z.string()),
    comment: z.string().nullable(),
    commentId: z.string(),
    commentOpId: OpId,
    contact: PatientContact.nullable(),
  }),
});
