import { readResource } from '../../fhir/mappers/read-resource.ts';
import { toProxy } from '../../fhir/mappers/related-person.ts';
import { toOrganisationName, toPractitioner } from '../../fhir/mappers/staff.ts';
import type { ReadDb } from '../../store/db.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { findPatientLine } from '../../store/record/patient-line.ts';
import { findStaff } from '../../store/record/staff.ts';

/** A name to show, and the reference to look at again when what it names arrives or changes. */
export interface Named {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** The name beside a reference when it has one; else that of what it refers to; else `unknown`. */
export function nameFor(db: ReadDb, display: string | null, ref: string | null, unknown: string): Named {
  if (display !== null && display.trim() !== '') return { name: display, dependsOn: [] };
  if (ref === null) return { name: unknown, dependsOn: [] };
  return { name: nameOf(db, ref) ?? unknown, dependsOn: [ref] };
}

function nameOf(db: ReadDb, ref: string): string | undefined {
  const [type = '', id = ''] = ref.split('/');
  if (type === 'PractitionerRole') return findStaff(db, id)?.name;
  if (type === 'Patient') {
    const line = findPatientLine(db, id);
    return line && `${line.givenNames} ${line.familyName}`.trim();
  }
  const body = findResource(db, type, id)?.body;
  const resource = body === undefined ? undefined : readResource(body);
  if (!resource?.ok) return undefined;
  const named = nameIn(type, resource.value);
  return named?.ok ? named.value.name : undefined;
}

function nameIn(type: string, resource: object) {
  if (type === 'Practitioner') return toPractitioner(resource);
  if (type === 'Organization') return toOrganisationName(resource);
  return type === 'RelatedPerson' ? toProxy(resource) : undefined;
}
