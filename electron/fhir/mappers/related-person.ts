import { z } from 'zod';
import type { Day } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { fullNameOf, idIn, nameToUse, parseResource, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, HumanName, list, Period, Reference, toDay } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('RelatedPerson'),
  ...base,
  active: z.boolean().optional(),
  patient: Reference,
  relationship: list(CodeableConcept),
  name: list(HumanName),
  period: Period.optional(),
});

/** A row of `proxy`. `canRead` is what the record says; `untilOn` is the last day, compared with today by whoever shows it. */
export interface ProjectedProxy {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string;
  readonly name: string;
  readonly relationship: string;
  readonly untilOn: Day | null;
  readonly canRead: boolean;
}

/** v3-RoleCode and nz-relationship-codes in words (WIRE, More on renewals, people, consent and audit). */
const relationships: Readonly<Record<string, string>> = {
  MTH: 'mother',
  FTH: 'father',
  PRN: 'parent',
  GUARD: 'guardian',
  GRPRN: 'grandparent',
  SPS: 'spouse or partner',
  POWATT: 'power of attorney',
  HPOWATT: 'health power of attorney',
  WHANGAI: 'whāngai parent',
};

/** FHIR R4 RelatedPerson → a row of `proxy`: who else may read and write for the patient. */
export function toProxy(resource: unknown): Result<ProjectedProxy, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const patientId = idIn(value.patient, 'Patient');
  if (patientId === null) return unreadable(resource, 'The related person names no patient.');
  const known = value.relationship.flatMap((each) => each.coding).map((coding) => relationships[coding.code ?? '']);
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    patientId,
    name: fullNameOf(nameToUse(value.name)) ?? 'Name not recorded',
    relationship: known.find((word) => word !== undefined) ?? textOf(value.relationship[0]) ?? 'relationship not recorded',
    untilOn: toDay(value.period?.end),
    canRead: value.active !== false,
  });
}
