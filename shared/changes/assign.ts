import { z } from 'zod';
import { Pool } from '../domain/staff.schema.ts';
import { StaffId } from '../ids.schema.ts';
import { defineChange } from './define-change.ts';

/** Whom an item is given to. The name is for showing; the core looks it up. */
export const Assignee = z.discriminatedUnion('to', [
  z.object({ to: z.literal('staff'), staffId: StaffId, name: z.string() }),
  z.object({ to: z.literal('pool'), pool: Pool }),
]);
export type Assignee = z.infer<typeof Assignee>;

export const assign = defineChange({
  subject: 'item',
  input: z.strictObject({ assignee: Assignee }),
  change: z.object({ kind: z.literal('assign'), v: z.literal(1), assignee: Assignee }),
});
