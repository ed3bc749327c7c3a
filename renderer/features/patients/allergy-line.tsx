import type { Allergies } from '../../../shared/domain/patient.ts';
import styles from './allergy-line.module.css';

/** Always there: a list, "No known allergies", or the warning that nobody wrote it down (UI, Patient banner). */
export function AllergyLine({ allergies }: { readonly allergies: Allergies }) {
  switch (allergies.status) {
    case 'recorded':
      return (
        <p className={styles.recorded}>
          <span aria-hidden="true">▲</span> Allergies{' '}
          {allergies.items.map(({ substance, reaction, severe }, place) => (
            <span key={substance} className={severe ? styles.severe : undefined}>
              {place > 0 && ' · '}
              {substance}
              {reaction !== null && ` (${reaction})`}
            </span>
          ))}
        </p>
      );
    case 'none-known':
      return <p className={styles.none}>No known allergies</p>;
    case 'not-recorded':
      return (
        <p className={styles.missing}>
          <span aria-hidden="true">▲</span> Allergies not recorded
        </p>
      );
  }
}
