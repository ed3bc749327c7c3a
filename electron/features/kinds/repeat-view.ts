import type { PracticeZone } from '../../../shared/dates.ts';
import { dayOf } from '../../../shared/dates.ts';
import { allergyMatchOf } from '../../../shared/domain/allergy-match.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import { assessMedicine, controlledClassOf } from '../../../shared/domain/prescribing-rules.ts';
import type { RepeatRequest, RequestedMedicine } from '../../../shared/domain/repeat-request.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { findLastConsultation } from '../../store/record/consultations.ts';
import { earlierOrders, findMedicineRequest, type MedicineRequest } from '../../store/record/medicines.ts';
import { findPatient } from '../../store/record/patients.ts';
import { proposalsOf } from './proposals.ts';

/** The record, and the day that the rules take as today. */
export interface RecordToday {
  readonly db: ReadDb;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: PracticeZone;
}

/** The medicines asked for, each with what is known of it and what the rules say of it today. None: they have not arrived. */
export function repeatRequestOf(record: RecordToday, item: WorkItem): RepeatRequest {
  const { db } = record;
  const proposals = proposalsOf(db, item).here;
  const patient = item.patientId === null ? undefined : findPatient(db, item.patientId);
  const context = {
    patient: patient ?? {
      deceased: { is: false as const },
      allergies: { status: 'not-recorded' as const },
      enrolled: 'not-known' as const,
    },
    today: dayOf(record.now, record.zone),
  };
  return {
    requestedAt: item.arrivedAt,
    requestedBy: proposals[0]?.requesterName ?? (patient ? `${patient.givenNames} ${patient.familyName}` : 'Not known'),
    pharmacy: proposals.map(({ detail }) => detail.pharmacy).find((pharmacy) => pharmacy !== null) ?? null,
    note: proposals.map(({ detail }) => detail.note).find((note) => note !== null) ?? null,
    medicines: proposals.map((proposal) => {
      const medicine = whatIsKnown(db, proposal, patient);
      return { ...medicine, ...assessMedicine(medicine, context) };
    }),
  };
}

const notInForce = ['cancelled', 'entered-in-error', 'draft', 'stopped'];
const isOrderInForce = ({ intent, status }: MedicineRequest): boolean => intent === 'order' && !notInForce.includes(status);
const stillOpen = ['draft', 'active', 'on-hold'];

/** One order for one proposal: where a server is not atomic, the order can be there before its proposal is closed. */
function statusOf(proposal: MedicineRequest, known: readonly MedicineRequest[]): RequestedMedicine['status'] {
  if (known.some((each) => isOrderInForce(each) && each.basedOn === proposal.id)) return 'approved';
  if (stillOpen.includes(proposal.status)) return 'requested';
  return proposal.status === 'completed' ? 'approved' : 'declined';
}

function whatIsKnown(db: ReadDb, proposal: MedicineRequest, patient: Patient | undefined): RequestedMedicine {
  const { detail } = proposal;
  const known = earlierOrders(db, proposal.patientId, proposal.medicineKey);
  const orders = known.filter((each) => isOrderInForce(each) && each.basedOn !== proposal.id);
  const prior = proposal.priorId === null ? undefined : findMedicineRequest(db, proposal.priorId);
  const last = orders[0] ?? prior;
  const duplicate = known.find(({ id, intent, status }) => intent === 'proposal' && id !== proposal.id && stillOpen.includes(status));
  return {
    id: proposal.id,
    status: statusOf(proposal, known),
    genericName: detail.genericName,
    brandName: detail.brandName,
    strength: detail.strength,
    form: detail.form,
    dose: detail.dose,
    code: proposal.code,
    controlled: controlledClassOf(detail.genericName),
    onLongTermList: last?.detail.longTerm ?? false,
    lastPrescribedOn: last?.authoredOn ?? null,
    lastPrescribedBy: last?.requesterName ?? null,
    lastDispensedOn: null,
    repeatsLeft: null,
    supplyDays: detail.supplyDays ?? last?.detail.supplyDays ?? null,
    lastReviewedOn: findLastConsultation(db, proposal.patientId),
    previousDose: last && last.detail.dose !== detail.dose ? last.detail.dose : null,
    duplicateOf: duplicate?.id ?? null,
    allergyMatch: patient ? allergyMatchOf(`${detail.genericName} ${detail.brandName ?? ''}`, patient.allergies) : null,
  };
}
