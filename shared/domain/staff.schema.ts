import { z } from 'zod';
import { StaffId } from '../ids.schema.ts';

/** Codes of `urn:portaldesk:role` (WIRE, Practitioner and roles), plus the prescribing nurse. */
export const Role = z.enum(['gp', 'nurse-prescriber', 'nurse', 'reception', 'manager', 'admin']);
export type Role = z.infer<typeof Role>;

/** A team's shared queue is named by the role that works it (Task.performerType). */
export const Pool = z.enum(['gp', 'nurse', 'reception', 'manager']);
export type Pool = z.infer<typeof Pool>;

export const Staff = z.object({
  id: StaffId,
  practitionerId: z.string(),
  name: z.string(),
  role: Role,
  /** HPI Person id. Reception staff may have none; prescribers must (NZ-FACTS 3.2). */
  cpn: z.string().nullable(),
});
export type Staff = z.infer<typeof Staff>;
