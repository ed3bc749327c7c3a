import { useState } from 'react';
import { declineWordsOf } from '../../../shared/domain/repeat-answer.ts';
import { type AssessedMedicine, type DeclineReason, declineReasons } from '../../../shared/domain/repeat-request.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { useDraft } from '../../data/use-draft.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-field.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { patientLine } from '../../words/patient-words.ts';
import type { Choice } from './decisions.ts';
import { MedicineLine } from './medicine-line.tsx';
import { declineTitles } from './medicine-words.ts';
import styles from './repeat-sheets.module.css';

interface DeclineSheetProps {
  readonly detail: DetailOf<'repeat'>;
  readonly medicine: AssessedMedicine | undefined;
  readonly onClose: () => void;
  readonly onDecline: (medicine: AssessedMedicine, choice: Extract<Choice, { is: 'declined' }>) => void;
}

/** Why not, as a code for the record and as words for the patient (PRODUCT 25). */
export function DeclineSheet({ medicine, ...props }: DeclineSheetProps) {
  return medicine ? <OpenSheet key={medicine.id} medicine={medicine} {...props} /> : null;
}

type OpenSheetProps = DeclineSheetProps & { readonly medicine: AssessedMedicine };

function OpenSheet(props: OpenSheetProps) {
  const { detail, medicine, onClose } = props;
  const { reason, choose, draft, problem, decline } = useDeclining(props);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="Decline this medicine"
      patientLine={patientLine(detail)}
      onConfirm={decline}
      actions={
        <>
          <Button onPress={onClose}>Leave it</Button>
          <Button look="primary" onPress={decline}>
            {`Decline ${medicine.genericName}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>
          <MedicineLine medicine={medicine} />
        </p>
        <Select
          label="Reason"
          autoFocus
          value={reason}
          onChange={choose}
          options={declineReasons.map((option) => ({ value: option, title: declineTitles[option] }))}
        />
        <TextArea
          label="What the patient will read"
          rows={4}
          value={draft.text}
          onChange={draft.setText}
          problem={problem}
          hint="Goes into the one answer for the whole request. Nothing is sent yet."
        />
      </div>
    </Sheet>
  );
}

const longestWords = 2000;

/** A reason and the words for it, which are its own until they are written by hand. */
function useDeclining({ detail, medicine, onDecline }: OpenSheetProps) {
  const [reason, setReason] = useState<DeclineReason | null>(null);
  const [problem, setProblem] = useState<string>();
  const draft = useDraft(detail.item.key, 'decline-text');
  const words = draft.text.trim();

  function choose(next: DeclineReason) {
    if (words === '' || (reason !== null && words === declineWordsOf(reason))) draft.setText(declineWordsOf(next));
    setReason(next);
    setProblem(undefined);
  }
  function decline() {
    if (reason === null) setProblem('Choose a reason.');
    else if (words === '') setProblem('Write what the patient will read.');
    else if (words.length > longestWords) setProblem(`Use at most ${longestWords.toLocaleString('en-NZ')} characters.`);
    else {
      draft.setText('');
      onDecline(medicine, { is: 'declined', reason, textForPatient: words });
    }
  }
  return { reason, choose, draft, problem, decline };
}
