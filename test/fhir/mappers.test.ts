import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';
import { toAllergy } from '../../electron/fhir/mappers/allergy.ts';
import { toCommunication } from '../../electron/fhir/mappers/communication.ts';
import { toReport } from '../../electron/fhir/mappers/diagnostic-report.ts';
import { itemsOf, memberText, withMember } from '../../electron/fhir/mappers/json-text.ts';
import { toMedicineRequest } from '../../electron/fhir/mappers/medication-request.ts';
import { toMeasurement } from '../../electron/fhir/mappers/observation.ts';
import { toPatient } from '../../electron/fhir/mappers/patient.ts';
import { readResource, type UnreadableResource } from '../../electron/fhir/mappers/read-resource.ts';
import { toProxy } from '../../electron/fhir/mappers/related-person.ts';
import { toOrganisationName, toPractitioner, toStaffRole } from '../../electron/fhir/mappers/staff.ts';
import { toTask } from '../../electron/fhir/mappers/task.ts';
import type { Result } from '../../shared/result.ts';

const mappers: Readonly<Record<string, (resource: unknown) => Result<unknown, UnreadableResource>>> = {
  Patient: toPatient,
  AllergyIntolerance: toAllergy,
  RelatedPerson: toProxy,
  PractitionerRole: toStaffRole,
  Practitioner: toPractitioner,
  Organization: toOrganisationName,
  Task: toTask,
  Communication: toCommunication,
  MedicationRequest: toMedicineRequest,
  DiagnosticReport: toReport,
  Observation: toMeasurement,
};

function mapText(text: string): Result<unknown, UnreadableResource> | 'not ours' {
  const read = readResource(text);
  if (!read.ok) return read;
  const type = 'resourceType' in read.value && typeof read.value.resourceType === 'string' ? read.value.resourceType : '';
  const mapper = Object.hasOwn(mappers, type) ? mappers[type] : undefined;
  return mapper ? mapper(read.value) : 'not ours';
}

const dataFolder = join(import.meta.dirname, '../../../shared/data');
const bundles = existsSync(dataFolder)
  ? ['synthea-r4', 'nz-base', 'workflow'].flatMap((folder) => readdirSync(join(dataFolder, folder)).map((file) => `${folder}/${file}`))
  : [];

/** The resources of a Bundle file as text. A transaction's temporary references are what a server would make of them. */
function resourcesIn(file: string): readonly string[] {
  const text = readFileSync(join(dataFolder, file), 'utf8');
  const owners = new Map<string, string>();
  const entries = itemsOf(memberText(text, 'entry'));
  for (const entry of entries) {
    const { fullUrl, resource } = JSON.parse(entry);
    if (typeof fullUrl === 'string') owners.set(fullUrl, `${resource.resourceType}/${resource.id ?? fullUrl.slice('urn:uuid:'.length)}`);
  }
  return entries.map((entry) => (memberText(entry, 'resource') ?? '').replace(/urn:uuid:[0-9a-f-]{36}/gu, (urn) => owners.get(urn) ?? urn));
}

describe.skipIf(bundles.length === 0)('data that nobody here wrote', () => {
  test('every resource of every bundle is mapped, is of another type, or says why it can not be read', () => {
    const tally = { mapped: 0, other: 0, unreadable: [] as string[] };
    let total = 0;
    for (const file of bundles) {
      for (const text of resourcesIn(file)) {
        total += 1;
        const mapped = mapText(text);
        if (mapped === 'not ours') tally.other += 1;
        else if (mapped.ok) tally.mapped += 1;
        else tally.unreadable.push(mapped.error.reason);
      }
    }
    expect(total).toBeGreaterThan(9000);
    expect(tally.mapped + tally.other + tally.unreadable.length).toBe(total);
    expect(tally.mapped).toBeGreaterThan(6500);
    // Messages without an id, and the NZ guide's PractitionerRoles that name nobody: nothing else.
    expect([...new Set(tally.unreadable)].sort()).toEqual([
      'Its element id is missing or not in the expected form.',
      'The role names no person.',
    ]);
    expect(tally.unreadable.length).toBeLessThan(20);
  });

  test('every measured number keeps the digits the laboratory sent', () => {
    let checked = 0;
    for (const file of bundles.filter((name) => name.startsWith('synthea')).slice(0, 12)) {
      for (const text of resourcesIn(file)) {
        const written = /"valueQuantity":\{"value":(-?[\d.eE+-]+)/u.exec(text)?.[1];
        if (written === undefined || memberText(text, 'resourceType') !== '"Observation"' || memberText(text, 'component')) continue;
        const mapped = mapText(text);
        expect(mapped !== 'not ours' && mapped.ok && mapped.value).toMatchObject({ value: written });
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(500);
  });
});

const practice = [...generatePractice({ seed: 7, now: '2026-11-22T02:00:00Z', enrolled: 60, openItems: 40, historyItems: 20 })].flatMap(
  (chunk) => chunk.resources,
);

test('every resource of the generated practice that a screen needs is readable', () => {
  const problems = practice
    .map((resource) => mapText(JSON.stringify(resource)))
    .flatMap((mapped) => (mapped !== 'not ours' && !mapped.ok ? [mapped.error] : []));
  expect(problems).toEqual([]);
});

test('whatever one element of a resource is replaced by, the answer is a value or a reason, never an exception', () => {
  const known = practice.filter((resource) => mappers[resource.resourceType]);
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.anything({ maxDepth: 3 }), (pick, element, junk) => {
      const resource = known[pick % known.length];
      const keys = Object.keys(resource ?? {});
      const replaced = JSON.stringify(junk);
      const text = withMember(
        JSON.stringify(resource),
        keys[element % keys.length] ?? 'status',
        replaced === undefined ? 'null' : replaced,
      );
      const mapped = mapText(text);
      if (mapped !== 'not ours' && !mapped.ok) expect(mapped.error.reason).toMatch(/^[A-Z].*\.$/u);
    }),
    { numRuns: 1500 },
  );
});

test('a reason names the element and holds nothing of its content', () => {
  const mapped = toTask({
    resourceType: 'Task',
    id: 't1',
    status: 'requested',
    code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'repeat-rx' }] },
    priority: 'Hēmi Ngata ZAC5361',
  });
  expect(mapped).toEqual({ ok: false, error: { ref: 'Task/t1', reason: 'Its element priority is missing or not in the expected form.' } });
});

test('dates that do not exist are refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('2026-02-30', '2026-13-01', 'NaN', '2026-11-22T25:00:00Z', '22/11/2026', '2026-11-22T10:00:00', ''),
      (birthDate) => {
        expect(toPatient({ resourceType: 'Patient', id: 'p', birthDate }).ok).toBe(false);
      },
    ),
  );
});

describe('what the screens need', () => {
  test('a task of another system is visibly filtered, not unreadable', () => {
    expect(toTask({ resourceType: 'Task', id: 't', status: 'whatever', code: { text: 'Questionnaire' } })).toMatchObject({
      ok: true,
      value: { is: 'other' },
    });
  });

  test('a time with an offset becomes UTC, a day alone stays the same day in New Zealand', () => {
    const message = { resourceType: 'Communication', id: 'm', status: 'completed', partOf: [{ reference: 'Communication/t' }] };
    expect(toCommunication({ ...message, sent: '2026-11-21T10:03:11+13:00' })).toMatchObject({
      value: { sentAt: '2026-11-20T21:03:11.000Z' },
    });
    expect(toCommunication({ ...message, sent: '2026-11-21' })).toMatchObject({ value: { sentAt: '2026-11-21T00:00:00.000Z' } });
  });

  test('a message withdrawn by its sender keeps its place and loses its words', () => {
    const message = {
      resourceType: 'Communication',
      id: 'm',
      status: 'entered-in-error',
      partOf: [{ reference: 'Communication/t' }],
      sent: '2026-11-21',
      payload: [{ contentString: 'wrong person' }],
    };
    expect(toCommunication(message)).toMatchObject({ value: { is: 'message', withdrawn: true, body: '' } });
  });

  test('an internal note is told by its category and never becomes a message', () => {
    const note = {
      resourceType: 'Communication',
      id: 'n',
      status: 'completed',
      category: [{ coding: [{ system: 'urn:portaldesk:thread', code: 'internal-note' }] }],
      about: [{ reference: 'Task/t1' }],
      partOf: [{ reference: 'Communication/thread' }],
      sent: '2026-11-21T00:00:00Z',
      payload: [{ contentString: 'Ring her mother' }],
    };
    expect(toCommunication(note)).toMatchObject({ value: { is: 'note', taskId: 't1', body: 'Ring her mother' } });
  });

  test("the laboratory's flag and text are kept, and a bound is no point of a trend", () => {
    const read = readResource(
      '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"TSH"},"subject":{"reference":"Patient/p"},"valueQuantity":{"value":0.10,"comparator":"<","unit":"mIU/L"},"interpretation":[{"coding":[{"code":"L"}]},{"coding":[{"code":"LL"}]}],"referenceRange":[{"low":{"value":0.40},"high":{"value":4.0}}]}',
    );
    expect(read.ok && toMeasurement(read.value)).toMatchObject({
      value: { value: '< 0.10', number: null, unit: 'mIU/L', detail: { flag: 'LL', reference: '0.40–4.0' } },
    });
  });

  test('a result that is labelled NOPAT is held, and its sensitivities are named', () => {
    const security = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SEX' },
      { system: 'http://example.com', code: 'HIV' },
    ];
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r',
      meta: { security },
      status: 'final',
      code: { text: 'Chlamydia' },
      subject: { reference: 'Patient/p' },
    };
    expect(toReport(report)).toMatchObject({ value: { held: true, detail: { labels: ['SEX'] } } });
  });

  test('the live NHI is shown, an old one of a merged person is not; a failing check is marked', () => {
    const system = 'https://standards.digital.health.nz/ns/nhi-id';
    const identifier = [
      { use: 'old', system, value: 'ZAA0067' },
      { use: 'official', system, value: 'zac5361' },
    ];
    expect(toPatient({ resourceType: 'Patient', id: 'p', identifier })).toMatchObject({ value: { nhi: 'ZAC5361', nhiCheck: 'valid' } });
    const wrong = [{ system, value: 'ZZZ0044' }];
    expect(toPatient({ resourceType: 'Patient', id: 'p', identifier: wrong })).toMatchObject({
      value: { nhi: 'ZZZ0044', nhiCheck: 'fails-check' },
    });
  });

  test.each([
    ['losartan 50 mg tablet', { genericName: 'losartan', brandName: null, strength: '50 mg', form: 'tablet' }],
    ['warfarin 1 mg tablet (Marevan)', { genericName: 'warfarin', brandName: 'MAREVAN', strength: '1 mg', form: 'tablet' }],
    ['Coumadin 1mg tablet', { genericName: 'warfarin', brandName: 'COUMADIN', strength: '1 mg', form: 'tablet' }],
    [
      'insulin glargine 100 units/mL 3 mL cartridge',
      { genericName: 'insulin glargine', brandName: null, strength: '100 units/mL 3 mL', form: 'cartridge' },
    ],
    ['levothyroxine 100 mcg tablet', { genericName: 'levothyroxine', brandName: null, strength: '100 micrograms', form: 'tablet' }],
    ['hydrocortisone 1% cream', { genericName: 'hydrocortisone', brandName: null, strength: '1%', form: 'cream' }],
    ['Codeine phosphate', { genericName: 'codeine phosphate', brandName: null, strength: null, form: null }],
  ])('%s is taken apart for the medicine line', (text, expected) => {
    const request = {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'draft',
      intent: 'proposal',
      subject: { reference: 'Patient/p' },
      medicationCodeableConcept: { text },
    };
    expect(toMedicineRequest(request)).toMatchObject({ ok: true, value: { detail: expected } });
  });

  test('brands of one medicine share its key, so that a second request is seen', () => {
    const keyOf = (text: string): unknown => {
      const mapped = toMedicineRequest({
        resourceType: 'MedicationRequest',
        id: 'm',
        status: 'active',
        intent: 'order',
        subject: { reference: 'Patient/p' },
        medicationCodeableConcept: { text },
      });
      return mapped.ok && mapped.value.medicineKey;
    };
    expect(keyOf('Marevan 3 mg tablet')).toBe(keyOf('warfarin 1 mg tablet (Coumadin)'));
  });
});
