import { clinicalDate } from '../../../shared/dates.ts';
import type { AssessedMedicine, DeclineReason, RequestedMedicine } from '../../../shared/domain/repeat-request.ts';

/** Drug, brand, strength, form: the name of a medicine in sheets and in the answer to the patient. */
export function medicineName({
  genericName,
  brandName,
  strength,
  form,
}: Pick<RequestedMedicine, 'genericName' | 'brandName' | 'strength' | 'form'>): string {
  return [genericName, brandName, strength, form].filter((part) => part !== null && part !== '').join(' ');
}

export interface MedicineFact {
  readonly name: string;
  /** Null: nobody checked, and that is said so. */
  readonly value: string | null;
}

/** What stands beside a medicine to decide on it (PRODUCT 20). */
export function factsOf(medicine: AssessedMedicine): readonly MedicineFact[] {
  const on = (day: string | null) => (day === null ? null : clinicalDate(day));
  const prescribed = on(medicine.lastPrescribedOn);
  return [
    {
      name: 'Last prescribed',
      value: prescribed && [prescribed, ...(medicine.lastPrescribedBy === null ? [] : [medicine.lastPrescribedBy])].join(' by '),
    },
    { name: 'Last dispensed', value: on(medicine.lastDispensedOn) },
    { name: 'Repeats left', value: medicine.repeatsLeft === null ? null : String(medicine.repeatsLeft) },
    { name: 'Supply', value: medicine.supplyDays === null ? null : `${medicine.supplyDays} days` },
    { name: 'Last review', value: on(medicine.lastReviewedOn) },
    { name: 'Long-term list', value: medicine.onLongTermList ? 'Yes' : 'No' },
  ];
}

export const declineTitles: Record<DeclineReason, string> = {
  altchoice: 'Try another medicine first',
  clarif: 'Needs to be clarified',
  drughigh: 'Drug level too high',
  labint: 'Blood test needed first',
  salg: 'Allergy',
  sddi: 'Interacts with another medicine',
  sdupther: 'Same treatment already given',
  sintol: 'Not tolerated before',
  'review-overdue': 'Review overdue',
  'too-early': 'Too early',
  controlled: 'Controlled drug, needs a consultation',
  'not-long-term': 'Not a long-term medicine',
};
