import type { AssessedMedicine } from '../../../shared/domain/repeat-request.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { patientLine } from '../../words/patient-words.ts';
import { MedicineLine } from './medicine-line.tsx';
import styles from './repeat-sheets.module.css';

interface AcknowledgeSheetProps {
  readonly detail: DetailOf<'repeat'>;
  readonly medicine: AssessedMedicine | undefined;
  readonly onClose: () => void;
  readonly onConfirm: (medicine: AssessedMedicine) => void;
}

/** An amber medicine is opened and acknowledged by itself; a controlled one always (PRODUCT 22). Space or Enter on the focused button is the second key. */
export function AcknowledgeSheet({ detail, medicine, onClose, onConfirm }: AcknowledgeSheetProps) {
  return (
    <Sheet
      isOpen={medicine !== undefined}
      onClose={onClose}
      title={medicine?.controlled === 'none' ? 'Read before you tick' : 'Controlled medicine: read before you tick'}
      patientLine={patientLine(detail)}
      onConfirm={medicine && (() => onConfirm(medicine))}
      actions={
        medicine && (
          <>
            <Button onPress={onClose}>Leave it</Button>
            <Button look="primary" autoFocus={medicine.controlled === 'none'} onPress={() => onConfirm(medicine)}>
              {`I have read this, tick ${medicine.genericName}`}
            </Button>
          </>
        )
      }
    >
      {medicine && (
        <>
          <p>
            <MedicineLine medicine={medicine} />
          </p>
          <ul className={styles.findings}>
            {medicine.findings.map(({ rule, text, source }) => (
              <li key={rule}>
                <strong>▲ {text}</strong> <span className={styles.source}>{source}</span>
              </li>
            ))}
          </ul>
          <p className={styles.hint}>Ticking records that you read each of these. Nothing is sent yet.</p>
        </>
      )}
    </Sheet>
  );
}
