import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import { repeatAnswerText } from '../../../shared/domain/repeat-answer.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { keysOf } from '../../commands.ts';
import { cautionsOf, patientLine, plainName } from '../../patient-words.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { type Choices, decisionsOf, openMedicines } from './decisions.ts';
import { MedicineLine } from './medicine-line.tsx';
import { declineTitles, medicineName } from './medicine-words.ts';
import styles from './repeat-sheets.module.css';

interface ApproveSheetProps {
  readonly detail: Extract<ItemDetail, { kind: 'repeat' }>;
  readonly user: Staff;
  readonly choices: Choices;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onSend: (message: string) => void;
}

/** The last look: whose, which medicines, and the very words the patient gets. */
export function ApproveSheet({ isOpen, ...props }: ApproveSheetProps) {
  return isOpen ? <OpenSheet {...props} /> : null;
}

function OpenSheet({ detail, user, choices, isBusy, problem, onClose, onSend }: Omit<ApproveSheetProps, 'isOpen'>) {
  const [message, setMessage] = useState(() => answerOf(detail, user, choices));
  const medicines = openMedicines(detail.request.medicines);
  const approved = medicines.filter(({ id }) => choices[id]?.is === 'ticked');
  const declined = medicines.flatMap((medicine) => {
    const choice = choices[medicine.id];
    return choice?.is === 'declined' ? [{ medicine, choice }] : [];
  });
  const name = plainName(detail.patient ?? detail.item);
  const verb = approved.length > 0 ? 'Approve' : 'Decline';
  const cautions = cautionsOf(detail);
  const canSend = !isBusy && message.trim() !== '';
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={approved.length > 0 ? `Approve repeat prescription for ${name}` : `Decline repeat prescription for ${name}`}
      patientLine={patientLine(detail)}
      onConfirm={canSend ? () => onSend(message) : undefined}
      actions={
        <>
          <Button onPress={onClose}>Back to the request</Button>
          <Button
            look="primary"
            keys={keysOf('message.send')}
            isBusy={isBusy}
            disabledBecause={canSend ? undefined : 'Write the answer first.'}
            onPress={() => onSend(message)}
          >
            {`${verb} and tell ${name}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {cautions.length > 0 && <p className={styles.caution}>▲ {cautions.join(' · ')}</p>}
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
        <p>Pharmacy: {detail.request.pharmacy ?? 'not named'}</p>
        <TextArea label={`What ${name} will read`} rows={9} autoFocus value={message} onChange={setMessage} problem={problem} />
      </div>
    </Sheet>
  );
}

function answerOf({ request, patient, item }: ApproveSheetProps['detail'], user: Staff, choices: Choices): string {
  const decisions = decisionsOf(request.medicines, choices).flatMap((decision) => {
    const medicine = request.medicines.find(({ id }) => id === decision.medicineId);
    return medicine ? [{ medicine: medicineName(medicine), decision }] : [];
  });
  return repeatAnswerText(decisions, patient?.preferredName ?? patient?.givenNames ?? item.givenNames, user.name);
}
