import { concept, hl7, type Json, metaOf, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import { sixteenthBirthday } from './patient.ts';
import type { Person } from './people.ts';
import { type PracticeContext, patientReference, personAt, proxyReference } from './practice-context.ts';
import { DAY, iso, isoDay } from './practice-time.ts';
import { randomFor } from './random.ts';
import { PRACTICE } from './staff.ts';

const RELATIONSHIPS = { MTH: 'mother', FTH: 'father', HPOWATT: 'healthcare power of attorney' } as const;

/** The person who acts for `person` in the portal: RelatedPerson with its end, and the Consent that allows it. Empty when nobody does. */
export function proxyResources(context: PracticeContext, person: Person): Resource[] {
  const { proxy } = person;
  if (!proxy) return [];
  const actor = personAt(context, proxy.person);
  const random = randomFor(context.seed, 'proxy', person.index);
  const since =
    proxy.kind === 'parent' ? Math.max(person.bornAt + 20 * DAY, context.now - 700 * DAY) : context.now - random.between(30, 700) * DAY;
  const relation = proxy.kind === 'attorney' ? 'HPOWATT' : actor.sex === 'female' ? 'MTH' : 'FTH';
  const period: Json = { start: isoDay(since), ...(proxy.kind === 'parent' && { end: sixteenthBirthday(person) }) };
  const reference = proxyReference(person);
  const id = reference.slice('RelatedPerson/'.length);
  const subject = referenceTo(patientReference(person));
  return [
    {
      resourceType: 'RelatedPerson',
      id,
      meta: metaOf(since),
      identifier: [{ system: SYSTEM.nhi, value: actor.nhi }],
      active: proxy.active,
      patient: subject,
      relationship: [concept('http://terminology.hl7.org/CodeSystem/v3-RoleCode', relation, RELATIONSHIPS[relation])],
      name: [{ family: actor.family, given: [actor.given] }],
      gender: actor.sex,
      period,
    },
    {
      resourceType: 'Consent',
      id: `consent-${id}`,
      meta: metaOf(since),
      status: proxy.active ? 'active' : 'inactive',
      scope: hl7('consentscope', 'patient-privacy'),
      category: [{ coding: [{ system: SYSTEM.snomed, code: '887031000000108' }] }],
      patient: subject,
      dateTime: iso(since),
      organization: [referenceTo(PRACTICE)],
      policy: [{ uri: 'https://www.legislation.govt.nz/act/public/2020/0031/latest/LMS23223.html' }],
      provision: {
        type: 'permit',
        period,
        actor: [{ role: hl7('v3-RoleCode', 'DELEGATEE'), reference: referenceTo(reference) }],
        action: [hl7('consentaction', 'access')],
      },
    },
  ];
}
