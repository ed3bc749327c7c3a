import { z } from 'zod';
import { messageTextLimit } from '../domain/thread.ts';
import { defineChange } from './define-change.ts';

export const patientNote = defineChange({
  subject: 'patient',
  input: z.strictObject({ text: z.string().max(messageTextLimit) }),
  change: z.object({ kind: z.literal('patient-note'), v: z.literal(1), noteId: z.string(), text: z.string() }),
});
