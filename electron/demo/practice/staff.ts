import { hl7, type Json, metaOf, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import { DAY } from './practice-time.ts';

export const PRACTICE = 'Organization/kauri-street';
export const LABORATORY = 'Organization/harbour-laboratories';
export const PHARMACIES = ['Organization/kauri-street-pharmacy', 'Organization/bayside-pharmacy'] as const;

export type StaffRole = 'gp' | 'nurse-prescriber' | 'nurse' | 'reception' | 'manager';

export interface StaffMember {
  /** Practitioner/<key>; the role is PractitionerRole/role-<key>. */
  readonly key: string;
  readonly role: StaffRole;
  readonly title?: string;
  readonly given: string;
  readonly family: string;
  readonly gender: 'female' | 'male';
  readonly job: string;
  /** HPI Person id; reception and manager have none. */
  readonly cpn?: string;
  readonly council?: { readonly register: 'medical' | 'nursing'; readonly number: string };
}

const RANGI: StaffMember = {
  key: 'dr-rangi',
  role: 'gp',
  title: 'Dr',
  given: 'Rangi',
  family: 'Parata',
  gender: 'male',
  job: 'General practitioner',
  cpn: '99ZZRT',
  council: { register: 'medical', number: '90001' },
};
const WHITCOMBE: StaffMember = {
  key: 'dr-whitcombe',
  role: 'gp',
  title: 'Dr',
  given: 'Susan',
  family: 'Whitcombe',
  gender: 'female',
  job: 'General practitioner',
  cpn: '91ZABY',
  council: { register: 'medical', number: '90002' },
};
const PATEL: StaffMember = {
  key: 'dr-patel',
  role: 'gp',
  title: 'Dr',
  given: 'Arjun',
  family: 'Patel',
  gender: 'male',
  job: 'GP registrar',
  cpn: '97ZABV',
  council: { register: 'medical', number: '90003' },
};
const HINEWAI: StaffMember = {
  key: 'hinewai',
  role: 'nurse-prescriber',
  given: 'Hinewai',
  family: 'Tāmihana',
  gender: 'female',
  job: 'Nurse prescriber',
  cpn: '97ZACB',
  council: { register: 'nursing', number: '900004' },
};
const LUPE: StaffMember = {
  key: 'lupe',
  role: 'nurse',
  given: 'Lupe',
  family: 'Fonoti',
  gender: 'female',
  job: 'Practice nurse',
  cpn: '92ZZRR',
  council: { register: 'nursing', number: '900005' },
};
const MERE: StaffMember = { key: 'mere', role: 'reception', given: 'Mere', family: 'Hēnare', gender: 'female', job: 'Receptionist' };
const TOM: StaffMember = { key: 'tom', role: 'reception', given: 'Tom', family: 'Hughes', gender: 'male', job: 'Receptionist' };
const FIONA: StaffMember = { key: 'fiona', role: 'manager', given: 'Fiona', family: 'Campbell', gender: 'female', job: 'Practice manager' };

export const GPS: readonly [StaffMember, ...StaffMember[]] = [RANGI, WHITCOMBE, PATEL];
export const NURSES: readonly [StaffMember, ...StaffMember[]] = [LUPE, HINEWAI];
export const RECEPTIONISTS: readonly [StaffMember, ...StaffMember[]] = [MERE, TOM];
export const STAFF: readonly StaffMember[] = [...GPS, HINEWAI, LUPE, ...RECEPTIONISTS, FIONA];

export const roleReference = (member: StaffMember): string => `PractitionerRole/role-${member.key}`;
export const fullName = (member: StaffMember): string => [member.title, member.given, member.family].filter(Boolean).join(' ');

function practitioner(member: StaffMember, at: number): Resource {
  const numbers: Json[] = [];
  if (member.cpn) numbers.push({ use: 'official', system: SYSTEM.hpiPerson, value: member.cpn });
  if (member.council) {
    numbers.push({ system: `https://standards.digital.health.nz/ns/${member.council.register}-council-id`, value: member.council.number });
  }
  return {
    resourceType: 'Practitioner',
    id: member.key,
    meta: metaOf(at),
    ...(numbers.length > 0 && { identifier: numbers }),
    active: true,
    name: [
      {
        use: 'official',
        text: fullName(member),
        family: member.family,
        given: [member.given],
        ...(member.title && { prefix: [member.title] }),
      },
    ],
    gender: member.gender,
  };
}

function practitionerRole(member: StaffMember, at: number): Resource {
  // A prescribing nurse is a nurse too: servers and apps that know only the five roles of the interface still place her right.
  const codes: readonly StaffRole[] = member.role === 'nurse-prescriber' ? ['nurse-prescriber', 'nurse'] : [member.role];
  return {
    resourceType: 'PractitionerRole',
    id: `role-${member.key}`,
    meta: metaOf(at),
    active: true,
    practitioner: { reference: `Practitioner/${member.key}`, display: fullName(member) },
    organization: { reference: PRACTICE, display: 'Kauri Street Medical Centre' },
    code: codes.map((code) => ({ coding: [{ system: SYSTEM.role, code }], text: member.job })),
    location: [referenceTo('Location/kauri-street')],
  };
}

function organisation(reference: string, name: string, kind: string, at: number, more: { readonly [element: string]: Json }): Resource {
  return {
    resourceType: 'Organization',
    id: reference.slice('Organization/'.length),
    meta: metaOf(at),
    active: true,
    type: [hl7('organization-type', kind)],
    name,
    ...more,
  };
}

/** The practice, its laboratory and pharmacies, and its eight staff with their roles. */
export function practiceAndStaff(now: number): Resource[] {
  const at = now - 730 * DAY;
  const address = { line: ['14 Kauri Street'], city: 'Kauri Bay', postalCode: '0299', country: 'NZ' };
  const numbers = [
    { use: 'official', system: SYSTEM.hpiOrganisation, value: 'GZZ956-B' },
    { use: 'secondary', system: SYSTEM.hpiFacility, value: 'FZZ958-K' },
  ];
  const phone = { system: 'phone', value: '09 555 0100', use: 'work' };
  return [
    organisation(PRACTICE, 'Kauri Street Medical Centre', 'prov', at, { identifier: numbers, telecom: [phone], address: [address] }),
    {
      resourceType: 'Location',
      id: 'kauri-street',
      meta: metaOf(at),
      identifier: [{ system: SYSTEM.hpiFacility, value: 'FZZ958-K' }],
      status: 'active',
      name: 'Kauri Street Medical Centre',
      type: [{ coding: [{ system: 'https://standards.digital.health.nz/ns/location-type-code', code: 'gpenrol' }] }],
      address,
      managingOrganization: referenceTo(PRACTICE),
    },
    organisation(LABORATORY, 'Harbour Laboratories', 'prov', at, {}),
    organisation(PHARMACIES[0], 'Kauri Street Pharmacy', 'prov', at, {}),
    organisation(PHARMACIES[1], 'Bayside Pharmacy', 'prov', at, {}),
    ...STAFF.flatMap((member) => [practitioner(member, at), practitionerRole(member, at)]),
  ];
}
