import { useState } from 'react';
import { addDays, clinicalDate, dayOf } from '../../../shared/dates.ts';
import { type Hold, holdRefusal } from '../../../shared/domain/hold-rules.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { type HoldReason, holdReasons } from '../../../shared/domain/test-result.ts';
import type { AppError } from '../../../shared/errors.ts';
import { defaultPolicy } from '../../../shared/policy/practice-policy.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { errorMessage, refusalMessage } from '../../words/error-message.ts';
import { patientLine } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './result-sheets.module.css';
import { typedDay } from './typed-day.ts';

const reasonTitles: Record<HoldReason, string> = {
  'discuss-first': 'Discuss with the patient first',
  'await-specialist': 'Wait for a specialist',
  'await-further-result': 'Wait for another result',
  'third-party': 'Names another person',
  'harm-risk': 'Could do harm',
  other: 'Another reason',
};

interface HoldSheetProps {
  readonly detail: DetailOf<'result'>;
  readonly user: Staff;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onHold: (hold: Hold) => void;
}

type OpenSheetProps = Omit<HoldSheetProps, 'isOpen'>;

/** Every hold has a reason, an owner and an end (PRODUCT 31). */
export function HoldSheet({ isOpen, ...props }: HoldSheetProps) {
  return isOpen ? <OpenSheet {...props} /> : null;
}

function OpenSheet(props: OpenSheetProps) {
  const { detail, user, isBusy, onClose } = props;
  const form = useHoldForm(props);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Hold ${detail.result.name}`}
      patientLine={patientLine(detail)}
      onConfirm={isBusy ? undefined : form.hold}
      actions={
        <>
          <Button onPress={onClose}>Back to the result</Button>
          <Button look="primary" isBusy={isBusy} onPress={form.hold}>
            {form.untilOn === undefined ? 'Hold' : `Hold until ${clinicalDate(form.untilOn)}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Select
          label="Why it is kept from the patient"
          autoFocus
          value={form.reason}
          onChange={form.setReason}
          options={holdReasons.map((option) => ({ value: option, title: reasonTitles[option] }))}
        />
        <TextField label="In words, for the practice" value={form.reasonText} onChange={form.setReasonText} />
        <TextField
          label="Until"
          value={form.typed}
          onChange={form.setTyped}
          hint="Such as 29-Nov-2026. On that morning it tops your list again."
        />
        <p>
          Owner <strong>{user.name}</strong>
        </p>
        {form.problem && (
          <p role="alert" className={styles.problem}>
            {form.problem}
          </p>
        )}
      </div>
    </Sheet>
  );
}

function holdProblem(error: AppError): string {
  const needsEnd = error.kind === 'refused' && error.reason === 'hold-needs-end';
  return errorMessage(needsEnd ? { ...error, detail: `Choose a day from tomorrow, within ${defaultPolicy.longestHoldDays} days.` } : error);
}

/** Reason and end of a hold as they are typed; a week from now unless another day is chosen. */
function useHoldForm({ problem, onHold }: Pick<OpenSheetProps, 'problem' | 'onHold'>) {
  const today = dayOf(Date.now(), practiceZone);
  const [reason, setReason] = useState<HoldReason | null>(null);
  const [reasonText, setReasonText] = useState('');
  const [typed, setTyped] = useState(() => clinicalDate(addDays(today, 7)));
  const [missing, setMissing] = useState<string>();
  const untilOn = typedDay(typed, today);

  function hold() {
    if (reason === null) return setMissing(refusalMessage('reason-needed'));
    const given: Hold = { reason, reasonText: reasonText.trim() || null, untilOn: untilOn ?? today };
    const refusal = holdRefusal(given, today, defaultPolicy);
    setMissing(refusal ? holdProblem(refusal) : undefined);
    if (!refusal) onHold(given);
  }
  return {
    reason,
    setReason,
    reasonText,
    setReasonText: (text: string) => setReasonText(text.slice(0, 500)),
    typed,
    setTyped,
    untilOn,
    problem: missing ?? problem,
    hold,
  };
}
