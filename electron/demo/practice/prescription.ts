import { hl7, type Json, metaOf, nzExtension, type Resource, referenceTo } from './fhir-parts.ts';
import { type Medicine, medicationConcept } from './medicines.ts';
import { iso } from './practice-time.ts';

/** What a proposal and an order have in common. */
interface Prescription {
  readonly id: string;
  readonly opId?: string;
  readonly medicine: Medicine;
  readonly dose: string;
  /** Patient/… */
  readonly subject: string;
  readonly authoredAt: number;
  readonly updatedAt: number;
  readonly restricted: boolean;
  /** What only this one has: status, requester, basedOn, priorPrescription … */
  readonly more: { readonly [element: string]: Json };
}

/** How often the pharmacy may give it out again: three months at a time, one month for controlled drugs (NZ-FACTS 3.5). */
function dispenseRequest(medicine: Medicine, pharmacy: string | undefined, authoredAt: number): Json {
  const day = 86_400_000;
  return {
    validityPeriod: { start: iso(authoredAt), end: iso(authoredAt + 365 * day) },
    numberOfRepeatsAllowed: medicine.controlled === 'opioid' || medicine.supplyDays < 60 ? 0 : medicine.supplyDays >= 180 ? 1 : 3,
    expectedSupplyDuration: { value: medicine.supplyDays, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
    ...(pharmacy && { performer: referenceTo(pharmacy) }),
  };
}

/** A MedicationRequest: `intent` order of the practice, or proposal of the patient. `longTerm` puts it on the long-term list. */
export function medicationRequest(
  intent: 'order' | 'proposal',
  longTerm: boolean,
  pharmacy: string | undefined,
  from: Prescription,
): Resource {
  return {
    resourceType: 'MedicationRequest',
    id: from.id,
    meta: metaOf(from.updatedAt, from.restricted ? ['R'] : []),
    ...(longTerm && { extension: [nzExtension('nzeps-long-term-medication', { valueBoolean: true })] }),
    ...(from.opId && { identifier: [{ system: 'urn:portaldesk:op', value: from.opId }] }),
    intent,
    medicationCodeableConcept: medicationConcept(from.medicine),
    subject: referenceTo(from.subject),
    authoredOn: iso(from.authoredAt),
    ...(longTerm && { courseOfTherapyType: hl7('medicationrequest-course-of-therapy', 'continuous') }),
    dosageInstruction: [{ text: from.dose }],
    dispenseRequest: dispenseRequest(from.medicine, pharmacy, from.authoredAt),
    ...from.more,
  };
}
