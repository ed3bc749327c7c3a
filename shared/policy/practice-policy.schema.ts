import { z } from 'zod';
import { holdDays } from './practice-policy.ts';

/** What a practice decides for itself. Version 1 holds what rules ask of it today. */
export const PracticePolicy = z.strictObject({
  v: z.literal(1),
  /** Days; a longer hold is no hold but a decision never made (PRODUCT 31). */
  longestHoldDays: z.number().int().min(holdDays.least).max(holdDays.most),
});
