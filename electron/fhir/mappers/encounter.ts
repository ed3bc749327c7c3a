import { z } from 'zod';
import type { Day } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { idIn, parseResource, unreadable } from './datatype-accessors.ts';
import { base, Coding, Period, Reference, toDay } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('Encounter'),
  ...base,
  status: z.string(),
  class: Coding.optional(),
  subject: Reference.optional(),
  period: Period.optional(),
});

/** A row of `consultation`: the patient was seen by the practice, in person or by video or phone. */
export interface ProjectedConsultation {
  readonly id: string;
  readonly patientId: string;
  readonly on: Day;
}

/** HL7 v3 ActCode: ambulatory, virtual, at home. A hospital stay or a filed letter is no review of medicines. */
const consultationClasses: ReadonlySet<string> = new Set(['AMB', 'VR', 'HH']);

/** FHIR R4 Encounter → a consultation, or null when it is none: not finished, of another class, or without a day. */
export function toConsultation(resource: unknown): Result<ProjectedConsultation | null, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { id, status, subject, period } = parsed.value;
  const on = toDay(period?.end ?? period?.start);
  if (status !== 'finished' || on === null || !consultationClasses.has(parsed.value.class?.code ?? '')) return ok(null);
  const patientId = idIn(subject, 'Patient');
  return patientId === null ? unreadable(resource, 'The consultation names no patient.') : ok({ id, patientId, on });
}
