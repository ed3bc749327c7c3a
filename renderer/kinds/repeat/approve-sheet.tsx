import { useState } from 'react';
import { repeatAnswerText } from '../../../shared/domain/repeat-answer.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { keysOf } from '../../commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { TextArea } from '../../ui/forms/text-field.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { cautionsOf, patientLine, plainName } from '../../words/patient-words.ts';
import { ChosenMedicines } from './chosen-medicines.tsx';
import { type Choices, decisionsOf, openMedicines } from './decisions.ts';
import { medicineName } from './medicine-words.ts';
import styles from './repeat-sheets.module.css';

interface ApproveSheetProps {
  readonly detail: DetailOf<'repeat'>;
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
  const name = plainName(detail.patient ?? detail.item);
  const verb = openMedicines(detail.request.medicines).some(({ id }) => choices[id]?.is === 'ticked') ? 'Approve' : 'Decline';
  const cautions = cautionsOf(detail);
  const canSend = !isBusy && message.trim() !== '';
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`${verb} repeat prescription for ${name}`}
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
        <ChosenMedicines request={detail.request} choices={choices} />
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
