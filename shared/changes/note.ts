import { z } from 'zod';
import { messageTextLimit } from '../domain/thread.ts';
import { defineChange } from './define-change.ts';

export const note = defineChange({
  subject: 'item',
  input: z.strictObject({ text: z.string().max(messageTextLimit) }),
  change: z.object({ kind: z.literal('note'), v: z.literal(1), noteId: z.string(), text: z.string() }),
});
