import type { z } from 'zod';
import type { PracticePolicy as Schema } from './practice-policy.schema.ts';

export type PracticePolicy = z.infer<typeof Schema>;

/** In force while the practice has decided nothing else. */
export const defaultPolicy: PracticePolicy = { v: 1, longestHoldDays: 366 };
