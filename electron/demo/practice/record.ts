import { concept, hl7, type Json, metaOf, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import type { RegularMedicine } from './health.ts';
import { CONDITIONS, medicineOf } from './medicines.ts';
import { patient } from './patient.ts';
import type { Person } from './people.ts';
import { gpOf, healthIn, type PracticeContext, patientReference, pharmacyOf, staffReference } from './practice-context.ts';
import { addWorkingDays, atLocalHour, DAY, HOUR, iso, isoDay } from './practice-time.ts';
import { medicationRequest } from './prescription.ts';
import { proxyResources } from './proxy.ts';
import { randomFor } from './random.ts';
import { PRACTICE } from './staff.ts';

const ALLERGENS = [
  ['91936005', 'penicillin', 'anaphylaxis', 'severe'],
  ['91936005', 'penicillin', 'rash', 'moderate'],
  ['294505008', 'amoxicillin', 'rash', 'mild'],
  ['91939003', 'sulphonamide antibiotic', 'rash', 'moderate'],
  ['', 'trimethoprim', 'rash', 'moderate'],
  ['', 'codeine', 'vomiting', 'mild'],
  ['293584003', 'paracetamol', 'facial swelling', 'moderate'],
  ['', 'ibuprofen', 'wheeze', 'severe'],
  ['', 'bee venom', 'anaphylaxis', 'severe'],
  ['91935009', 'peanut', 'anaphylaxis', 'severe'],
  ['', 'adhesive tape', 'itch', 'mild'],
] as const;
const ALERTS = [
  'Hard of hearing: phone calls are difficult',
  'Needle phobia',
  'High falls risk',
  'Support person attends all visits',
  'Advance care plan on file',
] as const;

const security = (person: Person): readonly 'R'[] => (person.restricted ? ['R'] : []);

/** One in twelve has none recorded (which is not "none"), most have no known allergy, the rest one to three. */
function allergies(context: PracticeContext, person: Person): Resource[] {
  const random = randomFor(context.seed, 'allergies', person.index);
  const draw = random.next();
  if (draw < 0.08) return [];
  const at = context.now - random.between(30, 700) * DAY;
  const allergy = (place: number, more: { readonly [element: string]: Json }): Resource => ({
    resourceType: 'AllergyIntolerance',
    id: `allergy-${person.index}-${place}`,
    meta: metaOf(at, security(person)),
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    patient: referenceTo(patientReference(person)),
    recordedDate: isoDay(at),
    ...more,
  });
  if (draw < 0.72) return [allergy(0, { code: concept(SYSTEM.snomed, '716186003', 'No known allergy') })];
  const chosen = new Set(Array.from({ length: random.between(1, 3) }, () => random.pick(ALLERGENS)));
  return [...chosen].map(([code, substance, reaction, severity], place) =>
    allergy(place, {
      category: [
        substance === 'bee venom' || substance === 'adhesive tape' ? 'environment' : substance === 'peanut' ? 'food' : 'medication',
      ],
      criticality: severity === 'severe' ? 'high' : 'low',
      code: { ...(code && { coding: [{ system: SYSTEM.snomed, code }] }), text: substance },
      reaction: [{ manifestation: [{ text: reaction }], severity }],
    }),
  );
}

function conditions(context: PracticeContext, person: Person): Resource[] {
  const random = randomFor(context.seed, 'conditions', person.index);
  return healthIn(context, person).conditions.map((key, place) => {
    const [code, name] = CONDITIONS[key];
    const years = random.between(1, Math.max(1, Math.min(15, person.ageYears - 2)));
    const at = context.now - random.between(30, 700) * DAY;
    return {
      resourceType: 'Condition',
      id: `condition-${person.index}-${place}`,
      meta: metaOf(at, security(person)),
      clinicalStatus: hl7('condition-clinical', 'active'),
      category: [hl7('condition-category', 'problem-list-item')],
      code: concept(SYSTEM.snomed, code, name),
      subject: referenceTo(patientReference(person)),
      onsetDateTime: String(new Date(context.now).getUTCFullYear() - years),
    };
  });
}

function lastConsultation(context: PracticeContext, person: Person): Resource[] {
  const { seenDaysAgo } = healthIn(context, person);
  if (seenDaysAgo === undefined || person.deceasedAt !== undefined) return [];
  const random = randomFor(context.seed, 'consultation', person.index);
  const start = addWorkingDays(atLocalHour(context.now - (seenDaysAgo + 4) * DAY, 8.5 + random.between(0, 30) / 4), 1);
  return [
    {
      resourceType: 'Encounter',
      id: `consultation-${person.index}`,
      meta: metaOf(start + HOUR, security(person)),
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
      type: [{ text: 'Consultation' }],
      subject: referenceTo(patientReference(person)),
      participant: [{ individual: staffReference(gpOf(context, person)) }],
      period: { start: iso(start), end: iso(start + HOUR / 4) },
      serviceProvider: referenceTo(PRACTICE),
    },
  ];
}

function alerts(context: PracticeContext, person: Person): Resource[] {
  const random = randomFor(context.seed, 'alert', person.index);
  if (!random.chance(0.04)) return [];
  return [
    {
      resourceType: 'Flag',
      id: `alert-${person.index}`,
      meta: metaOf(context.now - random.between(30, 700) * DAY, security(person)),
      status: 'active',
      code: { text: random.pick(ALERTS) },
      subject: referenceTo(patientReference(person)),
    },
  ];
}

/** The newest order of a long-term medicine and, where its dose was changed then, the one before it. */
function orders(context: PracticeContext, person: Person, regular: RegularMedicine): Resource[] {
  const medicine = medicineOf(regular.key);
  const at = addWorkingDays(atLocalHour(context.now - (regular.orderedDaysAgo + 4) * DAY, 11.25), 1);
  const common = { medicine, subject: patientReference(person), restricted: person.restricted };
  const requester = staffReference(gpOf(context, person));
  const pharmacy = pharmacyOf(context, person);
  const lapsed = regular.orderedDaysAgo > medicine.supplyDays * 1.5;
  const earlierId = `${regular.orderId}-earlier`;
  const newest = medicationRequest('order', true, pharmacy, {
    ...common,
    id: regular.orderId,
    dose: medicine.usualDose,
    authoredAt: at,
    updatedAt: at,
    more: {
      status: lapsed ? 'completed' : 'active',
      requester,
      ...(regular.doseChanged && { priorPrescription: referenceTo(`MedicationRequest/${earlierId}`) }),
    },
  });
  if (!regular.doseChanged) return [newest];
  const before = at - medicine.supplyDays * DAY;
  const dose = medicine.earlierDose ?? medicine.usualDose;
  const earlier = { ...common, id: earlierId, dose, authoredAt: before, updatedAt: at, more: { status: 'completed', requester } };
  return [medicationRequest('order', true, pharmacy, earlier), newest];
}

/** Everything on record about one person except work: who they are, who acts for them, allergies, conditions, last visit, long-term medicines. */
export function personRecord(context: PracticeContext, person: Person): Resource[] {
  return [
    patient(context, person),
    ...proxyResources(context, person),
    ...allergies(context, person),
    ...conditions(context, person),
    ...lastConsultation(context, person),
    ...alerts(context, person),
    ...healthIn(context, person).medicines.flatMap((regular) => orders(context, person, regular)),
  ];
}
