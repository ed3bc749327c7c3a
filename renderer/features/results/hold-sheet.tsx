import { useState } from 'react';
import { addDays, clinicalDate, dayOf } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { HoldReason } from '../../../shared/domain/test-result.ts';
import { errorMessage } from '../../error-message.ts';
import { patientLine } from '../../patient-words.ts';
import { practiceZone } from '../../practice-zone.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './result-sheets.module.css';
import { typedDay } from './typed-day.ts';
import type { Hold } from './use-result-decision.ts';

const reasonTitles: Record<HoldReason, string> = {
  'discuss-first': 'Discuss with the patient first',
  'await-specialist': 'Wait for a specialist',
  'await-further-result': 'Wait for another result',
  'third-party': 'Names another person',
  'harm-risk': 'Could do harm',
  other: 'Another reason',
};

interface HoldSheetProps {
  readonly detail: Extract<ItemDetail, { kind: 'result' }>;
  readonly user: Staff;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onHold: (hold: Hold) => void;
}

/** Every hold has a reason, an owner and an end (PRODUCT 31). */
export function HoldSheet({ isOpen, ...props }: HoldSheetProps) {
  return isOpen ? <OpenSheet {...props} /> : null;
}

function OpenSheet({ detail, user, isBusy, problem, onClose, onHold }: Omit<HoldSheetProps, 'isOpen'>) {
  const today = dayOf(Date.now(), practiceZone);
  const [reason, setReason] = useState<HoldReason | null>(null);
  const [reasonText, setReasonText] = useState('');
  const [typed, setTyped] = useState(() => clinicalDate(addDays(today, 7)));
  const [missing, setMissing] = useState<string>();
  const untilOn = typedDay(typed, today);

  function hold() {
    const text = reasonText.trim();
    if (reason === null || (reason === 'other' && text === ''))
      return setMissing(errorMessage({ kind: 'refused', reason: 'reason-needed', detail: null }));
    if (untilOn === undefined || untilOn <= today || untilOn > addDays(today, 366))
      return setMissing(errorMessage({ kind: 'refused', reason: 'hold-needs-end', detail: 'Choose a day from tomorrow, within a year.' }));
    setMissing(undefined);
    return onHold({ reason, reasonText: text === '' ? null : text, untilOn });
  }
  const told = missing ?? problem;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Hold ${detail.result.name}`}
      patientLine={patientLine(detail)}
      onConfirm={isBusy ? undefined : hold}
      actions={
        <>
          <Button onPress={onClose}>Back to the result</Button>
          <Button look="primary" isBusy={isBusy} onPress={hold}>
            {untilOn === undefined ? 'Hold' : `Hold until ${clinicalDate(untilOn)}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Select
          label="Why it is kept from the patient"
          autoFocus
          value={reason}
          onChange={setReason}
          options={HoldReason.options.map((option) => ({ value: option, title: reasonTitles[option] }))}
        />
        <TextField label="In words, for the practice" value={reasonText} onChange={(text) => setReasonText(text.slice(0, 500))} />
        <TextField label="Until" value={typed} onChange={setTyped} hint="Such as 29-Nov-2026. On that morning it tops your list again." />
        <p>
          Owner <strong>{user.name}</strong>
        </p>
        {told && (
          <p role="alert" className={styles.problem}>
            {told}
          </p>
        )}
      </div>
    </Sheet>
  );
}
