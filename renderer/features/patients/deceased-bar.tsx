import { ageText, clinicalDate } from '../../../shared/dates.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import styles from './deceased-bar.module.css';
import { dayOfDeath } from './patient-facts.ts';

/** "Died 02-Sep-2026 (age 81y)". */
export function DeceasedBar({ patient }: { readonly patient: Patient }) {
  if (!patient.deceased.is) return null;
  const day = dayOfDeath(patient);
  return (
    <p className={styles.bar}>
      Died {day === null ? 'on a day that is not known' : clinicalDate(day)}
      {day !== null && patient.bornOn !== null && ` (age ${ageText(patient.bornOn, day)})`}
      <span className={styles.hint}> · nothing can be sent, approved or released</span>
    </p>
  );
}
