import { z } from 'zod';
import { defineChange } from './define-change.ts';

export const markUnread = defineChange({
  subject: 'item',
  input: z.strictObject({}),
  change: z.object({ kind: z.literal('mark-unread'), v: z.literal(1) }),
});
