import { z } from 'zod';
import { Role } from '../../../shared/domain/staff.schema.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { StaffId } from '../../../shared/ids.schema.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { fullNameOf, identifierIn, idIn, nameToUse, parseResource, systems, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, HumanName, Identifier, list, Reference } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const RoleResource = z.object({
  resourceType: z.literal('PractitionerRole'),
  ...base,
  active: z.boolean().optional(),
  practitioner: Reference.optional(),
  organization: Reference.optional(),
  code: list(CodeableConcept),
});

const PersonResource = z.object({
  resourceType: z.literal('Practitioner'),
  ...base,
  active: z.boolean().optional(),
  identifier: list(Identifier),
  name: list(HumanName),
});

const OrganisationResource = z.object({ resourceType: z.literal('Organization'), ...base, name: z.string().min(1) });

export interface StaffRole {
  readonly id: string;
  readonly versionId: string;
  readonly practitionerId: string;
  readonly organisationRef: string | null;
  /** Name beside the reference, for when the Practitioner has not arrived. */
  readonly displayName: string | null;
  readonly role: Role;
  readonly active: boolean;
}

export interface Practitioner {
  readonly id: string;
  readonly versionId: string;
  readonly name: string;
  readonly cpn: string | null;
  readonly active: boolean;
}

/** Several codes: the one with the most authority counts, in this order. */
const byAuthority: readonly Role[] = ['gp', 'nurse-prescriber', 'nurse', 'manager', 'reception', 'admin'];

/** SNOMED CT occupations that engines use in place of our own codes (WIRE, Practitioner and roles). */
const snomedRoles: Readonly<Record<string, Role>> = {
  '62247001': 'gp',
  '59058001': 'gp',
  '224535009': 'nurse',
  '106292003': 'nurse',
  '224571005': 'nurse-prescriber',
  '159483005': 'reception',
  '159561009': 'reception',
  '394572006': 'admin',
};

function rolesIn(concepts: readonly CodeableConcept[]): readonly Role[] {
  return concepts
    .flatMap((concept) => concept.coding)
    .flatMap((coding) => {
      if (coding.system === 'http://snomed.info/sct') return snomedRoles[coding.code ?? ''] ?? [];
      const own = coding.system === systems.role ? Role.safeParse(coding.code) : undefined;
      return own?.success ? own.data : [];
    });
}

/** FHIR R4 PractitionerRole → half of a row of `staff`; its Practitioner has the other. */
export function toStaffRole(resource: unknown): Result<StaffRole, UnreadableResource> {
  const parsed = parseResource(RoleResource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const practitionerId = idIn(value.practitioner, 'Practitioner');
  if (practitionerId === null) return unreadable(resource, 'The role names no person.');
  const roles = rolesIn(value.code);
  const role = byAuthority.find((candidate) => roles.includes(candidate));
  if (!role) return unreadable(resource, 'The role is none that Portal Desk knows.');
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    practitionerId,
    organisationRef: value.organization?.reference ?? null,
    displayName: value.practitioner?.display ?? null,
    role,
    active: value.active !== false,
  });
}

export function toPractitioner(resource: unknown): Result<Practitioner, UnreadableResource> {
  const parsed = parseResource(PersonResource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    name: fullNameOf(nameToUse(value.name)) ?? 'Name not recorded',
    cpn: identifierIn(value.identifier, systems.hpiPerson),
    active: value.active !== false,
  });
}

/** A row of `staff`: the person in the role. */
export function toStaff(role: StaffRole, person: Practitioner | undefined): Staff & { readonly active: boolean } {
  return {
    id: StaffId.parse(role.id),
    practitionerId: role.practitionerId,
    name: person?.name ?? role.displayName ?? 'Name not recorded',
    role: role.role,
    cpn: person?.cpn ?? null,
    active: role.active && person?.active !== false,
  };
}

export function toOrganisationName(resource: unknown): Result<{ readonly id: string; readonly name: string }, UnreadableResource> {
  const parsed = parseResource(OrganisationResource, resource);
  return parsed.ok ? ok({ id: parsed.value.id, name: parsed.value.name }) : parsed;
}
