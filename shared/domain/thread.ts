export type { InternalNote, Message, Thread } from './thread.schema.ts';

/** Structured outcome at close, the categories of Karori's published split (PRODUCT 16). */
export const outcomes = ['advice', 'appointment', 'test', 'prescription', 'referral', 'admin'] as const;
export type Outcome = (typeof outcomes)[number];

export const messageTextLimit = 10_000;
