import { Ban, CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { clinicalDate, dayOf } from '../../../shared/dates.ts';
import type { AssessedMedicine, RuleOutcome } from '../../../shared/domain/repeat-request.ts';
import { cx } from '../../ui/cx.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Checkbox } from '../../ui/forms/checkbox.tsx';
import { Pill, type Tone } from '../../ui/text/pill.tsx';
import { practiceZone } from '../../words/practice-zone.ts';
import type { Choice } from './decisions.ts';
import { MedicineLine } from './medicine-line.tsx';
import styles from './medicine-row.module.css';
import { declineTitles, factsOf, medicineName } from './medicine-words.ts';

interface MedicineRowProps {
  readonly medicine: AssessedMedicine;
  readonly requestedAt: string;
  readonly choice: Choice | undefined;
  readonly isCurrent: boolean;
  readonly blocked: string | undefined;
  readonly onFocus: () => void;
  readonly onTick: () => void;
  readonly onClear: () => void;
}

const outcomes: Record<RuleOutcome, { readonly words: string; readonly tone: Tone; readonly icon: typeof Ban }> = {
  green: { words: 'Clear', tone: 'ok', icon: CircleCheck },
  amber: { words: 'Look first', tone: 'warn', icon: TriangleAlert },
  red: { words: 'Blocked', tone: 'critical', icon: Ban },
};

/** One medicine: what is asked, what is known, what the rules say, what was decided. */
export function MedicineRow(props: MedicineRowProps) {
  const { medicine, requestedAt, choice, isCurrent, blocked, onFocus, onTick } = props;
  const isOpen = medicine.status === 'requested';
  const row = useFocusOfCurrent(isCurrent);
  const canTick = isOpen && medicine.outcome !== 'red' && blocked === undefined;
  return (
    <li
      ref={row}
      tabIndex={-1}
      className={cx(styles.row, isCurrent && isOpen && styles.current)}
      aria-current={isCurrent && isOpen ? true : undefined}
      onPointerDown={onFocus}
      onFocus={(event) => {
        // The row itself is focused by keys that already moved the current medicine, and again when a sheet closes.
        if (event.target instanceof HTMLInputElement) onFocus();
      }}
    >
      <div>
        {canTick && <Checkbox isSelected={choice?.is === 'ticked'} onChange={onTick} label={`Approve ${medicineName(medicine)}`} />}
      </div>
      <div className={styles.what}>
        <Head medicine={medicine} />
        <p className={styles.facts}>
          <Fact name="Requested" value={clinicalDate(dayOf(requestedAt, practiceZone))} />
          {factsOf(medicine).map((fact) => (
            <Fact key={fact.name} {...fact} />
          ))}
        </p>
        {medicine.previousDose !== null && <p className={styles.changed}>Δ Dose was: {medicine.previousDose}</p>}
        <Findings findings={medicine.findings} />
        <Decided {...props} />
      </div>
    </li>
  );
}

/** While the focus is among the medicines it follows the one that keys act on. */
function useFocusOfCurrent(isCurrent: boolean) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const list = row.current?.parentElement;
    if (isCurrent && list?.contains(document.activeElement) && !row.current?.contains(document.activeElement)) row.current?.focus();
  }, [isCurrent]);
  return row;
}

function Head({ medicine }: Pick<MedicineRowProps, 'medicine'>) {
  const { words, tone, icon: Icon } = outcomes[medicine.outcome];
  return (
    <p className={styles.head}>
      <MedicineLine medicine={medicine} />
      <Pill tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
        {words}
      </Pill>
      {medicine.controlled !== 'none' && <Pill tone="warn">{medicine.controlled === 'opioid' ? 'Opioid' : 'Controlled drug'}</Pill>}
    </p>
  );
}

function Findings({ findings }: Pick<AssessedMedicine, 'findings'>) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings} aria-label="What the rules say">
      {findings.map(({ rule, outcome, text, source }) => (
        <li key={rule}>
          <span className={outcome === 'red' ? styles.red : styles.amber}>
            {outcome === 'red' ? '✕' : '▲'} {text}
          </span>{' '}
          <span className={styles.source}>{source}</span>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <span className={styles.fact}>
      <span className={styles.label}>{name}</span>{' '}
      {value === null ? <em className={styles.unchecked}>not checked</em> : <strong>{value}</strong>}
    </span>
  );
}

function Decided({ medicine, choice, onClear }: MedicineRowProps) {
  if (medicine.status !== 'requested') return <p className={styles.decided}>{medicine.status === 'approved' ? 'Approved' : 'Declined'}</p>;
  if (choice?.is === 'declined') {
    return (
      <p className={styles.decided}>
        To be declined: {declineTitles[choice.reason]}. The patient will read: “{choice.textForPatient}”{' '}
        <Button look="quiet" onPress={onClear}>
          Take back
        </Button>
      </p>
    );
  }
  return choice?.is === 'ticked' ? <p className={styles.decided}>To be approved</p> : null;
}
