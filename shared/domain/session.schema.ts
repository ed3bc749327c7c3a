import { z } from 'zod';
import { storageProblems } from '../errors.ts';
import { Staff } from './staff.schema.ts';

/** Where the app stands between start and work. One union: the first screen is chosen from it and from nothing else. */
export const SessionStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('first-run') }),
  z.object({ state: z.literal('signing-in'), server: z.string() }),
  /** No usable keychain on this computer: a passphrase protects the cache (SAFETY D4). */
  z.object({ state: z.literal('choose-passphrase'), minimumLength: z.number().int() }),
  z.object({ state: z.literal('locked'), practiceName: z.string(), userName: z.string() }),
  z.object({
    state: z.literal('open'),
    user: Staff,
    practiceName: z.string(),
    /** FHIR base URL of the portal, for signing in again. */
    server: z.string(),
    /** False: reading and queueing go on, sending waits for a sign-in. */
    signedIn: z.boolean(),
    demo: z.object({ staff: z.array(Staff), network: z.enum(['on', 'off']) }).nullable(),
  }),
  z.object({ state: z.literal('storage-problem'), problem: z.enum(storageProblems), waitingChanges: z.number().int().nullable() }),
]);
export type SessionStatus = z.infer<typeof SessionStatus>;

export const DemoRole = z.enum(['reception', 'gp', 'manager']);
export type DemoRole = z.infer<typeof DemoRole>;
