export type { Measurement, PatientContact, ReleaseGate, ResultFlag, SensitiveLabel, TestResult } from './test-result.schema.ts';

export const contactWays = ['phone', 'in-person', 'video', 'other'] as const;
export const contactNoteLimit = 500;

export const holdReasons = ['discuss-first', 'await-specialist', 'await-further-result', 'third-party', 'harm-risk', 'other'] as const;
export type HoldReason = (typeof holdReasons)[number];
