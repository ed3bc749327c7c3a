import { z } from 'zod';
import { HoldReason } from '../domain/test-result.schema.ts';
import { Day, Instant, StaffId } from '../ids.schema.ts';
import { defineChange } from './define-change.ts';

export const holdResult = defineChange({
  subject: 'item',
  input: z.strictObject({ reason: HoldReason, reasonText: z.string().max(500).nullable(), untilOn: Day }),
  change: z.object({
    kind: z.literal('hold-result'),
    v: z.literal(1),
    reportId: z.string(),
    reportName: z.string(),
    reason: HoldReason,
    reasonText: z.string().nullable(),
    untilAt: Instant,
    ownerId: StaffId,
    ownerName: z.string(),
  }),
});
