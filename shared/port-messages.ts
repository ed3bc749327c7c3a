import { z } from 'zod';
import type { Topic } from './channels.ts';

/**
 * What crosses the MessagePort between a window and the core. Inputs and replies travel as JSON text:
 * half the cost of structured clone for a page of rows (PERFORMANCE), and nothing but data can cross.
 */
export const PortRequest = z.object({ id: z.number().int(), channel: z.string().max(64), input: z.string().max(1_000_000) });
export type PortRequest = z.infer<typeof PortRequest>;

export type PortAnswer =
  | { readonly kind: 'reply'; readonly id: number /** JSON of Reply<channel>. */; readonly reply: string }
  | { readonly kind: 'changed'; readonly topics: readonly Topic[] };
