import { z } from 'zod';
import { Outcome } from '../domain/thread.schema.ts';
import { defineChange } from './define-change.ts';

export const finish = defineChange({
  subject: 'item',
  input: z.strictObject({ outcome: Outcome.nullable() }),
  change: z.object({ kind: z.literal('finish'), v: z.literal(1), outcome: Outcome.nullable() }),
});
