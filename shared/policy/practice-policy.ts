import type { z } from 'zod';
import type { PracticePolicy as Schema } from './practice-policy.schema.ts';

export type PracticePolicy = z.infer<typeof Schema>;

/** Between these a practice chooses its longest hold. */
export const holdDays = { least: 1, most: 366 };

/** In force while the practice has decided nothing else. */
export const defaultPolicy: PracticePolicy = { v: 1, longestHoldDays: 366 };
