import { z } from 'zod';
import { Instant } from '../ids.schema.ts';

export const SyncStatus = z.object({
  state: z.enum(['starting', 'first-sync', 'syncing', 'up-to-date', 'offline', 'signed-out', 'trouble']),
  /** Last time a complete pass over the server ended. */
  lastUpdateAt: Instant.nullable(),
  /** First sync only: resources here, and about how many there are. */
  progress: z.object({ here: z.number().int(), about: z.number().int() }).nullable(),
  waiting: z.number().int(),
  needsAttention: z.number().int(),
  quarantined: z.number().int(),
  /** In the user's words, when `trouble`. */
  problem: z.string().nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

/** Nothing inbound vanishes (SAFETY I3): server = shown + quarantined + filtered, per resource type. */
export const Conservation = z.object({
  type: z.string(),
  server: z.number().int(),
  shown: z.number().int(),
  quarantined: z.number().int(),
  filtered: z.number().int(),
});
export type Conservation = z.infer<typeof Conservation>;

/** A resource that could not be read: kept whole, counted on screen, never dropped. */
export const QuarantinedResource = z.object({ ref: z.string(), reason: z.string(), since: Instant, patientId: z.string().nullable() });
export type QuarantinedResource = z.infer<typeof QuarantinedResource>;
