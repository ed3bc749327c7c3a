import { type Outcome, outcomes } from '../../../shared/domain/thread.ts';
import { Select } from '../../ui/forms/select.tsx';
import { outcomeWords } from '../../words/outcome-words.ts';
import styles from './outcome-select.module.css';

interface OutcomeSelectProps {
  readonly value: Outcome | null;
  readonly onChange: (value: Outcome | null) => void;
}

/** What came of the conversation, kept when it is done (PRODUCT 16). */
export function OutcomeSelect({ value, onChange }: OutcomeSelectProps) {
  return (
    <div className={styles.select}>
      <Select
        label="Outcome when done"
        hideLabel
        value={value ?? 'none'}
        onChange={(next) => onChange(next === 'none' ? null : next)}
        options={(['none', ...outcomes] as const).map((option) => ({
          value: option,
          title: option === 'none' ? 'No outcome' : outcomeWords[option],
        }))}
      />
    </div>
  );
}
