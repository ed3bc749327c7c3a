import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { identifierIn, idIn, parseResource, refIn, systems, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, dateTime, Extension, Identifier, list, Period, Quantity, Reference, toDay } from './datatypes.ts';
import { type MedicineName, medicineKeyOf, toMedicineName } from './medicine-name.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('MedicationRequest'),
  ...base,
  extension: list(Extension),
  identifier: list(Identifier),
  status: z.string(),
  statusReason: CodeableConcept.optional(),
  intent: z.string(),
  medicationCodeableConcept: CodeableConcept.optional(),
  medicationReference: Reference.optional(),
  subject: Reference,
  authoredOn: dateTime.optional(),
  requester: Reference.optional(),
  basedOn: list(Reference),
  groupIdentifier: Identifier.optional(),
  courseOfTherapyType: CodeableConcept.optional(),
  note: list(z.object({ text: z.string() })),
  dosageInstruction: list(z.object({ text: z.string().optional(), patientInstruction: z.string().optional() })),
  dispenseRequest: z
    .object({
      validityPeriod: Period.optional(),
      numberOfRepeatsAllowed: z.number().int().min(0).optional(),
      expectedSupplyDuration: Quantity.optional(),
      performer: Reference.optional(),
    })
    .optional(),
  priorPrescription: Reference.optional(),
});
type Resource = z.infer<typeof Resource>;

export interface MedicineDetail extends MedicineName {
  readonly dose: string;
  readonly supplyDays: number | null;
  readonly repeatsAllowed: number | null;
  readonly pharmacy: string | null;
  /** `Organization/x`, where the pharmacy comes without a name. */
  readonly pharmacyRef: string | null;
  readonly note: string | null;
  readonly longTerm: boolean;
  readonly validUntil: string | null;
}

/** A row of `medicine_request`: a patient's proposal or a prescriber's order. */
export interface ProjectedMedicineRequest {
  readonly id: string;
  readonly versionId: string;
  readonly intent: 'proposal' | 'order' | 'other';
  readonly status: string;
  readonly patientId: string;
  readonly groupId: string | null;
  readonly basedOn: string | null;
  readonly priorId: string | null;
  readonly code: string | null;
  readonly medicineKey: string;
  /** Calendar day. */
  readonly authoredOn: string | null;
  readonly requesterRef: string | null;
  readonly requesterName: string | null;
  readonly opId: string | null;
  readonly statusReason: string | null;
  readonly detail: MedicineDetail;
}

/** UCUM days, weeks, months, years and their words. */
const daysByUnit: Readonly<Record<string, number>> = {
  d: 1,
  day: 1,
  days: 1,
  wk: 7,
  week: 7,
  weeks: 7,
  mo: 30,
  month: 30,
  months: 30,
  a: 365,
};

function daysOf(duration: Quantity | undefined): number | null {
  const days = daysByUnit[duration?.code ?? duration?.unit ?? ''];
  return duration?.value === undefined || days === undefined ? null : Math.round(duration.value.number * days);
}

const longTermExtension = 'http://hl7.org.nz/fhir/StructureDefinition/nzeps-long-term-medication';

function isLongTerm(resource: Resource): boolean {
  const said = resource.extension.find((each) => each.url === longTermExtension)?.valueBoolean;
  return said ?? resource.courseOfTherapyType?.coding.some((coding) => coding.code === 'continuous') === true;
}

function intentOf(intent: string): ProjectedMedicineRequest['intent'] {
  if (intent === 'proposal') return 'proposal';
  return intent === 'order' || intent.endsWith('-order') ? 'order' : 'other';
}

function doseOf({ dosageInstruction }: Resource): string {
  const texts = dosageInstruction.map((each) => each.text ?? each.patientInstruction ?? '').filter((text) => text !== '');
  return texts.length > 0 ? texts.join('; ') : 'Dose not given';
}

function detailOf(resource: Resource, name: MedicineName): MedicineDetail {
  const { dispenseRequest, note } = resource;
  return {
    ...name,
    dose: doseOf(resource),
    supplyDays: daysOf(dispenseRequest?.expectedSupplyDuration),
    repeatsAllowed: dispenseRequest?.numberOfRepeatsAllowed ?? null,
    pharmacy: dispenseRequest?.performer?.display ?? null,
    pharmacyRef: refIn(dispenseRequest?.performer),
    note: note.length > 0 ? note.map((each) => each.text).join('\n') : null,
    longTerm: isLongTerm(resource),
    validUntil: toDay(dispenseRequest?.validityPeriod?.end),
  };
}

/** FHIR R4 MedicationRequest (NzMedicationRequest) → a row of `medicine_request`. Unreadable: no patient, no medicine by name. */
export function toMedicineRequest(resource: unknown): Result<ProjectedMedicineRequest, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const patientId = idIn(value.subject, 'Patient');
  if (patientId === null) return unreadable(resource, 'The prescription names no patient.');
  const display = textOf(value.medicationCodeableConcept) ?? value.medicationReference?.display;
  if (!display) return unreadable(resource, 'The prescription names no medicine.');
  const name = toMedicineName(display);
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    intent: intentOf(value.intent),
    status: value.status,
    patientId,
    groupId: value.groupIdentifier?.value ?? null,
    basedOn: idIn(value.basedOn[0], 'MedicationRequest'),
    priorId: idIn(value.priorPrescription, 'MedicationRequest'),
    code: value.medicationCodeableConcept?.coding[0]?.code ?? null,
    medicineKey: medicineKeyOf(name),
    authoredOn: toDay(value.authoredOn),
    requesterRef: refIn(value.requester),
    requesterName: value.requester?.display ?? null,
    opId: identifierIn(value.identifier, systems.op),
    statusReason: textOf(value.statusReason),
    detail: detailOf(value, name),
  });
}
