import { z } from 'zod';
import { defineChange } from './define-change.ts';

export const claim = defineChange({
  subject: 'item',
  input: z.strictObject({}),
  change: z.object({ kind: z.literal('claim'), v: z.literal(1) }),
});
