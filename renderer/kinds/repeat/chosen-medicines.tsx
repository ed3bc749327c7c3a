import type { DetailOf } from '../../acts/item-body.ts';
import { type Choices, openMedicines } from './decisions.ts';
import { MedicineLine } from './medicine-line.tsx';
import { declineTitles } from './medicine-words.ts';
import styles from './repeat-sheets.module.css';

interface ChosenMedicinesProps {
  readonly request: DetailOf<'repeat'>['request'];
  readonly choices: Choices;
}

/** What is about to be decided, each medicine in full: first what the patient gets, then what not and why. */
export function ChosenMedicines({ request, choices }: ChosenMedicinesProps) {
  const medicines = openMedicines(request.medicines);
  const approved = medicines.filter(({ id }) => choices[id]?.is === 'ticked');
  const declined = medicines.flatMap((medicine) => {
    const choice = choices[medicine.id];
    return choice?.is === 'declined' ? [{ medicine, choice }] : [];
  });
  return (
    <>
      {approved.length > 0 && (
        <section>
          <h3 className={styles.title}>To be approved</h3>
          <ul className={styles.medicines}>
            {approved.map((medicine) => (
              <li key={medicine.id}>
                ✓ <MedicineLine medicine={medicine} />
                {medicine.controlled !== 'none' && <strong className={styles.caution}> ▲ controlled, confirmed on its own</strong>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {declined.length > 0 && (
        <section>
          <h3 className={styles.title}>To be declined</h3>
          <ul className={styles.medicines}>
            {declined.map(({ medicine, choice }) => (
              <li key={medicine.id}>
                ✕ <MedicineLine medicine={medicine} /> · {declineTitles[choice.reason]}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
