import { z } from 'zod';
import { Day, Instant, PatientId } from '../ids.schema.ts';

export const Allergies = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('recorded'),
    items: z.array(z.object({ substance: z.string(), reaction: z.string().nullable(), severe: z.boolean() })),
  }),
  z.object({ status: z.literal('none-known') }),
  /** Nobody asked or wrote it down: a warning, never a blank (UI, Patient banner). */
  z.object({ status: z.literal('not-recorded') }),
]);
export type Allergies = z.infer<typeof Allergies>;

export const PatientProxy = z.object({ name: z.string(), relationship: z.string(), untilOn: Day.nullable(), canRead: z.boolean() });
export type PatientProxy = z.infer<typeof PatientProxy>;

/** What the banner shows. `null` is "Not known" and is said so. */
export const Patient = z.object({
  id: PatientId,
  familyName: z.string(),
  givenNames: z.string(),
  title: z.string().nullable(),
  preferredName: z.string().nullable(),
  bornOn: Day.nullable(),
  deceased: z.discriminatedUnion('is', [z.object({ is: z.literal(false) }), z.object({ is: z.literal(true), at: z.string().nullable() })]),
  gender: z.enum(['female', 'male', 'other', 'unknown']),
  nhi: z.string().nullable(),
  /** What staff type is blocked, what the server sends is only marked (NZ-FACTS 3.1). */
  nhiCheck: z.enum(['valid', 'fails-check', 'missing']),
  enrolled: z.enum(['yes', 'no', 'not-known']),
  generalPractitioner: z.string().nullable(),
  phone: z.string().nullable(),
  interpreter: z.string().nullable(),
  allergies: Allergies,
  alerts: z.array(z.string()),
  restricted: z.boolean(),
  proxies: z.array(PatientProxy),
  /** When the server last changed the record, for "as known at". */
  updatedAt: Instant.nullable(),
});
export type Patient = z.infer<typeof Patient>;
