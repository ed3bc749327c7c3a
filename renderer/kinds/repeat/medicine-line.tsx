import type { RequestedMedicine } from '../../../shared/domain/repeat-request.ts';
import styles from './medicine-line.module.css';

/** Drug in bold lower case, brand in capitals, strength, form, dose, with long dashes between (UI, Medicine line order). */
export function MedicineLine({ medicine }: { readonly medicine: RequestedMedicine }) {
  const parts = [medicine.brandName?.toLocaleUpperCase('en-NZ'), medicine.strength, medicine.form].filter((part) => part);
  return (
    <span className={styles.line}>
      <strong className={styles.drug}>{medicine.genericName}</strong>
      {parts.map((part) => (
        <span key={part} className={styles.part}>
          {' — '}
          {part}
        </span>
      ))}
      <span className={styles.dose}>
        {' — '}
        <span className={styles.label}>DOSE</span> {medicine.dose === '' ? 'not stated' : medicine.dose}
      </span>
    </span>
  );
}
