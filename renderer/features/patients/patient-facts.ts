import { ageText } from '../../../shared/dates.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import type { Day } from '../../../shared/ids.ts';

export const genderWords: Record<Patient['gender'], string> = {
  female: 'Female',
  male: 'Male',
  other: 'Another gender',
  unknown: 'Not known',
};

export function ageOf({ bornOn }: Pick<Patient, 'bornOn'>, today: Day): string {
  return bornOn === null ? 'age not known' : ageText(bornOn, today);
}

/** `Yes · Dr Rangi`. */
export function enrolmentWords({ enrolled, generalPractitioner }: Pick<Patient, 'enrolled' | 'generalPractitioner'>): string {
  const words = { yes: 'Yes', no: 'No', 'not-known': 'Not known' }[enrolled];
  return generalPractitioner === null ? words : `${words} · ${generalPractitioner}`;
}

/** The day of death, where the server gave one: it may be a whole instant, a day, or only a year. */
export function dayOfDeath({ deceased }: Pick<Patient, 'deceased'>): Day | null {
  if (!deceased.is || deceased.at === null) return null;
  return /^\d{4}-\d{2}-\d{2}/.exec(deceased.at)?.[0] ?? null;
}

/** Same family name and same first given name: the two most easily confused (UI, Patient banner). */
export function isSameName(a: Pick<Patient, 'familyName' | 'givenNames'>, b: Pick<Patient, 'familyName' | 'givenNames'>): boolean {
  const key = ({ familyName, givenNames }: typeof a) =>
    `${familyName} ${givenNames.split(' ')[0] ?? ''}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return key(a) === key(b);
}
