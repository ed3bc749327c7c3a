import { Staff } from '../../../shared/domain/staff.schema.ts';
import type { Role } from '../../../shared/domain/staff.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../client/answer.ts';
import type { FhirClient, PageAnswer } from '../client/client.ts';
import { readResource } from '../mappers/read-resource.ts';
import { type Practitioner, type StaffRole, toOrganisationName, toPractitioner, toStaff, toStaffRole } from '../mappers/staff.ts';
import type { SignInFailure } from './sign-in-failure.ts';

export interface Identity {
  /** The role with the most authority; its id signs acts. */
  readonly staff: Staff;
  /** `Organization/x`. */
  readonly organisationRef: string;
  readonly practiceName: string;
}

const byAuthority: readonly Role[] = ['gp', 'nurse-prescriber', 'nurse', 'manager', 'reception', 'admin'];

/** The Practitioner id in `fhirUser`, which must be an absolute URL below our base: another server's practitioner is nobody here. */
export function practitionerIn(fhirUser: unknown, baseUrl: string): string | null {
  if (typeof fhirUser !== 'string' || !fhirUser.startsWith(`${baseUrl}/Practitioner/`)) return null;
  const id = fhirUser.slice(`${baseUrl}/Practitioner/`.length);
  return /^[A-Za-z0-9\-.]{1,64}$/u.test(id) ? id : null;
}

interface Found {
  readonly roles: readonly StaffRole[];
  readonly people: ReadonlyMap<string, Practitioner>;
  readonly organisations: ReadonlyMap<string, string>;
}

function read<T>(page: PageAnswer, map: (resource: unknown) => Result<T, unknown>): readonly T[] {
  return page.entries.flatMap(({ text }) => {
    const resource = text === null ? undefined : readResource(text);
    const mapped = resource?.ok ? map(resource.value) : undefined;
    return mapped?.ok ? [mapped.value] : [];
  });
}

function found(page: PageAnswer, practitionerId: string): Found {
  return {
    roles: read(page, toStaffRole).filter((role) => role.active && role.practitionerId === practitionerId),
    people: new Map(read(page, toPractitioner).map((person) => [person.id, person])),
    organisations: new Map(read(page, toOrganisationName).map(({ id, name }) => [`Organization/${id}`, name])),
  };
}

function toFailure(failure: RequestFailure): SignInFailure {
  if (failure.kind === 'unreachable' || failure.kind === 'busy') return { problem: 'no-answer', detail: failure.kind };
  return failure.kind === 'not-fhir' ? { problem: 'not-a-portal', detail: failure.detail } : { problem: 'refused', detail: failure.kind };
}

/** Looks up who this practitioner is here and in which role (WIRE, Practitioner and roles). `no-role`: nothing in Portal Desk for them. */
export async function findPractitionerIdentity(client: FhirClient, practitionerId: string): Promise<Result<Identity, SignInFailure>> {
  const answer = await client.search({
    type: 'PractitionerRole',
    parameters: [
      ['practitioner', `Practitioner/${practitionerId}`],
      ['active', 'true'],
      ['_include', 'PractitionerRole:practitioner'],
      ['_include', 'PractitionerRole:organization'],
    ],
  });
  if (!answer.ok) return err(toFailure(answer.error));
  const { roles, people, organisations } = found(answer.value, practitionerId);
  const role = byAuthority.map((each) => roles.find((candidate) => candidate.role === each)).find((each) => each !== undefined);
  if (!role || role.organisationRef === null) return err({ problem: 'no-role', detail: null });
  const staff = toStaff(role, people.get(practitionerId));
  const { organisationRef } = role;
  return ok({ staff: Staff.parse(staff), organisationRef, practiceName: organisations.get(organisationRef) ?? 'Your practice' });
}
