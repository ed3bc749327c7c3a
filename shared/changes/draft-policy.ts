import { z } from 'zod';
import { PracticePolicy } from '../policy/practice-policy.schema.ts';
import { defineChange } from './define-change.ts';

export const draftPolicy = defineChange({
  subject: 'practice',
  input: z.strictObject({ policy: PracticePolicy, reason: z.string().min(1).max(500) }),
  change: z.object({ kind: z.literal('draft-policy'), v: z.literal(1), draftId: z.string(), policy: PracticePolicy, reason: z.string() }),
});
