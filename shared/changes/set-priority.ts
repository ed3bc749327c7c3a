import { z } from 'zod';
import { Priority } from '../domain/work-item.schema.ts';
import { defineChange } from './define-change.ts';

export const setPriority = defineChange({
  subject: 'item',
  input: z.strictObject({ priority: Priority }),
  change: z.object({ kind: z.literal('set-priority'), v: z.literal(1), priority: Priority }),
});
