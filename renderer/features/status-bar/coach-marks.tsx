import { Lightbulb, X } from 'lucide-react';
import { usePreferences, useSavePreferences } from '../../data/preferences.ts';
import { IconButton } from '../../ui/forms/button.tsx';
import { coachMarks } from './coach-mark-list.ts';
import styles from './status-bar.module.css';

/** The next first step, one line; it goes when it has been done, not when it was read. */
export function CoachMarks() {
  const { coachMarksDone } = usePreferences();
  const save = useSavePreferences();
  const next = coachMarks.find((mark) => !coachMarksDone.includes(mark.id));
  if (!next) return <span className={styles.space} />;
  return (
    <span className={styles.coach}>
      <Lightbulb size={13} aria-hidden="true" />
      {next.words}
      <IconButton
        label="Skip the first steps"
        icon={<X size={12} />}
        onPress={() => save({ coachMarksDone: coachMarks.map((mark) => mark.id) })}
      />
    </span>
  );
}
