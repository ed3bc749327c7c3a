import { z } from 'zod';
import { defineChange } from './define-change.ts';

export const releaseClaim = defineChange({
  subject: 'item',
  input: z.strictObject({}),
  change: z.object({ kind: z.literal('release-claim'), v: z.literal(1) }),
});
