import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { idIn, parseResource, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, list, Reference } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('AllergyIntolerance'),
  ...base,
  clinicalStatus: CodeableConcept.optional(),
  verificationStatus: CodeableConcept.optional(),
  criticality: z.string().optional(),
  code: CodeableConcept.optional(),
  patient: Reference,
  reaction: list(
    z.object({ substance: CodeableConcept.optional(), manifestation: list(CodeableConcept), severity: z.string().optional() }),
  ),
});
type Resource = z.infer<typeof Resource>;

/** A row of `allergy`. `none-known` says that somebody asked and there are none; `not-current` is resolved, refuted or in error. */
export interface ProjectedAllergy {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string;
  readonly status: 'recorded' | 'none-known' | 'not-current';
  readonly substance: string;
  readonly reaction: string | null;
  readonly severe: boolean;
}

/** SNOMED CT: no known allergy, no known drug, food, environmental allergy (https://hl7.org/fhir/R4/valueset-allergyintolerance-code.html). */
const noneKnown: ReadonlySet<string> = new Set(['716186003', '409137002', '429625007', '428607008', 'no-known-allergies']);

function statusOf(resource: Resource): ProjectedAllergy['status'] {
  const codes = [...(resource.clinicalStatus?.coding ?? []), ...(resource.verificationStatus?.coding ?? [])].map((coding) => coding.code);
  if (codes.some((code) => ['inactive', 'resolved', 'refuted', 'entered-in-error'].includes(code ?? ''))) return 'not-current';
  return resource.code?.coding.some((coding) => noneKnown.has(coding.code ?? '')) === true ? 'none-known' : 'recorded';
}

/** FHIR R4 AllergyIntolerance → a row of `allergy`. */
export function toAllergy(resource: unknown): Result<ProjectedAllergy, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const patientId = idIn(value.patient, 'Patient');
  if (patientId === null) return unreadable(resource, 'The allergy names no patient.');
  const substance = textOf(value.code) ?? textOf(value.reaction[0]?.substance);
  if (substance === null) return unreadable(resource, 'The allergy does not say to what.');
  const reactions = value.reaction
    .flatMap((reaction) => reaction.manifestation.map((each) => textOf(each)))
    .filter((text) => text !== null);
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    patientId,
    status: statusOf(value),
    substance,
    reaction: reactions.length > 0 ? reactions.join(', ') : null,
    severe: value.criticality === 'high' || value.reaction.some((reaction) => reaction.severity === 'severe'),
  });
}
