import { clinicalDate, dayOf, instantOf, wallTimeOf } from '../../../shared/dates.ts';
import { contactNoteLimit, contactWays, type PatientContact } from '../../../shared/domain/test-result.ts';
import { Select } from '../../ui/forms/select.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './result-sheets.module.css';
import { typedDay } from './typed-day.ts';

interface ContactDraft {
  readonly how: PatientContact['how'] | null;
  /** As typed: `22-Nov-2026` and `14:05`, on the practice's clock. */
  readonly day: string;
  readonly time: string;
  readonly note: string;
}

/** The talk was usually just now. */
export function emptyContact(): ContactDraft {
  const now = Date.now();
  const { hour, minute } = wallTimeOf(now, practiceZone);
  return {
    how: null,
    day: clinicalDate(dayOf(now, practiceZone)),
    time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
    note: '',
  };
}

/** The record of the talk; null while it is not complete, or lies in the future. */
export function contactOf({ how, day, time, note }: ContactDraft): PatientContact | null {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim());
  const date = typedDay(day, dayOf(Date.now(), practiceZone));
  if (how === null || !clock || !date) return null;
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const at = instantOf({ year, month, day: dayOfMonth, hour: Number(clock[1]), minute: Number(clock[2]), second: 0 }, practiceZone);
  if (at > Date.now() || note.length > contactNoteLimit) return null;
  return { how, at: new Date(at).toISOString(), note };
}

const howTitles: Record<PatientContact['how'], string> = {
  phone: 'By phone',
  'in-person': 'In person',
  video: 'By video',
  other: 'Otherwise',
};

interface ContactFieldsProps {
  readonly title: string;
  readonly value: ContactDraft;
  readonly onChange: (value: ContactDraft) => void;
}

export function ContactFields({ title, value, onChange }: ContactFieldsProps) {
  return (
    <fieldset className={styles.contact}>
      <legend>{title}</legend>
      <div className={styles.row}>
        <Select
          label="How"
          autoFocus
          value={value.how}
          onChange={(how) => onChange({ ...value, how })}
          options={contactWays.map((how) => ({ value: how, title: howTitles[how] }))}
        />
        <TextField label="On" value={value.day} onChange={(day) => onChange({ ...value, day })} />
        <TextField label="At" value={value.time} onChange={(time) => onChange({ ...value, time })} placeholder="14:05" />
      </div>
      <TextField
        label="Note, for the practice"
        value={value.note}
        onChange={(note) => onChange({ ...value, note: note.slice(0, contactNoteLimit) })}
      />
    </fieldset>
  );
}
