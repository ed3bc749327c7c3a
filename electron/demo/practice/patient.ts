import { concept, type Json, metaOf, nzExtension, type Resource, SYSTEM } from './fhir-parts.ts';
import { namesIn, STREETS, SUBURBS } from './names.ts';
import type { Person } from './people.ts';
import { gpOf, type PracticeContext, patientId, staffReference } from './practice-context.ts';
import { DAY, iso, isoDay } from './practice-time.ts';
import { type Random, randomFor } from './random.ts';
import { PRACTICE } from './staff.ts';

const SHORT_NAMES: Record<string, string> = {
  Margaret: 'Peg',
  Patricia: 'Trish',
  Barbara: 'Barb',
  Christine: 'Chris',
  Robert: 'Bob',
  Thomas: 'Tom',
  Daniel: 'Dan',
  Wiremu: 'Wi',
  Ngāio: 'Nai',
  Kahurangi: 'Kahu',
  Rangimārie: 'Rangi',
  Hinewai: 'Hine',
  Viliami: 'Bill',
  Charlotte: 'Lottie',
  Rajesh: 'Raj',
  Angelica: 'Angie',
  Gurpreet: 'Gary',
};
const CHINESE_NAMES_IN_USE = { female: namesIn('Jenny Helen Amy Linda'), male: namesIn('Tony David Peter Eric') };

/** Birthdays are calendar days without a zone. */
const birthDate = (person: Person): string => new Date(person.bornAt).toISOString().slice(0, 10);

function titleOf(person: Person, random: Random): string | undefined {
  if (person.ageYears < 16) return undefined;
  if (random.chance(0.01)) return 'Dr';
  if (person.sex === 'male') return random.chance(0.85) ? 'Mr' : undefined;
  return random.pick(person.ageYears > 55 ? ['Mrs', 'Mrs', 'Ms', 'Miss'] : ['Ms', 'Ms', 'Mrs', 'Miss']);
}

function preferredName(person: Person, random: Random): string | undefined {
  const chinese = person.stock.language?.[0] === 'zh' && random.chance(0.4);
  if (chinese) return random.pick(CHINESE_NAMES_IN_USE[person.sex]);
  return random.chance(0.5) ? SHORT_NAMES[person.given] : undefined;
}

function namesOf(person: Person, random: Random): Json[] {
  const title = titleOf(person, random);
  const preferred = preferredName(person, random);
  const official: Json = {
    use: 'official',
    family: person.family,
    given: person.middle ? [person.given, person.middle] : [person.given],
    ...(title && { prefix: [title] }),
  };
  return preferred
    ? [official, { use: 'usual', text: `${preferred} ${person.family}`, family: person.family, given: [preferred] }]
    : [official];
}

/** Plain letters for an e-mail address: macrons, accents and apostrophes off. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/gu, '')
    .toLowerCase();

function contactsOf(person: Person, random: Random): Json[] {
  if (person.ageYears < 14) return [];
  const mobile: Json = { system: 'phone', use: 'mobile', value: `021 555 ${String(random.between(1000, 9999))}` };
  const home: Json = { system: 'phone', use: 'home', value: `09 555 ${String(random.between(1000, 9999))}` };
  const contacts = person.ageYears > 75 ? [home] : [mobile];
  if (person.ageYears > 50 && random.chance(0.3)) contacts.push(person.ageYears > 75 ? mobile : home);
  if (random.chance(0.9))
    contacts.push({ system: 'email', value: `${plain(person.given)}.${plain(person.family)}${person.index}@mail.example` });
  return contacts;
}

function addressOf(seed: number, person: Person): Json {
  const random = randomFor(seed, 'address', person.household);
  const number = random.between(1, 180);
  const flat = random.chance(0.15) ? `${random.between(1, 8)}/` : '';
  const suburb = random.pick(SUBURBS);
  return {
    extension: [nzExtension('suburb', { valueString: suburb })],
    use: 'home',
    line: [`${flat}${number} ${random.pick(STREETS)}`, suburb],
    city: 'Kauri Bay',
    postalCode: '0299',
    country: 'NZ',
  };
}

function ethnicitiesOf(person: Person, random: Random): Json[] {
  const [code, display] = random.pick(person.stock.ethnicity);
  const groups: (readonly [string, string])[] = [[code, display]];
  if (random.chance(0.15)) groups.push(code === '11111' ? ['21111', 'Māori'] : ['11111', 'New Zealand European']);
  return groups.map(([group, name]) =>
    nzExtension('nz-ethnicity', {
      valueCodeableConcept: {
        coding: [{ system: 'https://standards.digital.health.nz/ns/ethnic-group-level-4-code', code: group, display: name }],
      },
    }),
  );
}

function interpreterOf(person: Person): { readonly [element: string]: Json } {
  if (!person.interpreter || !person.stock.language) return {};
  const [code, name] = person.stock.language;
  return { communication: [{ language: concept('urn:ietf:bcp:47', code, name), preferred: true }] };
}

export function patient(context: PracticeContext, person: Person): Resource {
  const random = randomFor(context.seed, 'patient', person.index);
  const lastUpdated = person.deceasedAt ?? context.now - random.between(8, 700) * DAY;
  const birthSex = { valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code: person.sex }] } };
  const extension = [...ethnicitiesOf(person, random), nzExtension('sex-at-birth', birthSex)];
  if (person.interpreter)
    extension.push({ url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true });
  const contacts = contactsOf(person, random);
  return {
    resourceType: 'Patient',
    id: patientId(person),
    meta: metaOf(lastUpdated, person.restricted ? ['R'] : []),
    extension,
    identifier: [{ use: 'official', system: SYSTEM.nhi, value: person.nhi }],
    active: person.deceasedAt === undefined,
    name: namesOf(person, random),
    ...(contacts.length > 0 && { telecom: contacts }),
    gender: person.sex,
    birthDate: birthDate(person),
    ...(person.deceasedAt !== undefined && { deceasedDateTime: isoDay(person.deceasedAt) }),
    address: [addressOf(context.seed, person)],
    ...interpreterOf(person),
    generalPractitioner: [staffReference(gpOf(context, person))],
    managingOrganization: { reference: PRACTICE },
  };
}

/** The day on which a parent's access ends (NZ-FACTS 3.8). */
export function sixteenthBirthday(person: Person): string {
  const born = new Date(person.bornAt);
  return iso(Date.UTC(born.getUTCFullYear() + 16, born.getUTCMonth(), born.getUTCDate())).slice(0, 10);
}
