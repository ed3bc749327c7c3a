import { Lock } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useRef, useState } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './internal-notes.module.css';
import { type NoteKind, NoteWriter } from './note-writer.tsx';

interface InternalNotesProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
}

/** What the practice tells itself: another colour, label, key and place than anything that can be sent (PRODUCT 10). */
export function InternalNotes({ detail, user }: InternalNotesProps) {
  const box = useRef<HTMLDivElement>(null);
  const onItem = useWriter(box, 'note');
  const onPatient = useWriter(box, 'patient-note');
  useCommands({
    'note.add': unlessRefused(refusalOf(detail, user, 'note'), onItem.ask),
    'note.add-on-patient': unlessRefused(patientNoteRefusal(detail, user), onPatient.ask),
  });
  return (
    <div ref={box} className={styles.place}>
      {detail.notes.length > 0 && (
        <NoteList label="Internal notes, never visible to the patient" notes={detail.notes}>
          Internal note ·{' '}
        </NoteList>
      )}
      <NoteWriter kind="note" detail={detail} {...onItem.props} />
      {detail.item.patientId !== null && <NoteWriter kind="patient-note" detail={detail} {...onPatient.props} />}
    </div>
  );
}

/** Why there can be no note on the patient of this item now; undefined when there can. */
export function patientNoteRefusal(detail: ItemDetail, user: Staff): string | undefined {
  const refusal = refusalOf(detail, user, 'patient-note');
  if (refusal !== undefined || detail.item.patientId !== null) return refusal;
  return 'The sender is not matched to a patient. Add an internal note to the message instead.';
}

/** One box for notes: open or not, and where the focus goes when it closes. */
function useWriter(place: RefObject<HTMLDivElement | null>, kind: NoteKind) {
  const [isWriting, setWriting] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const cameFrom = useRef<Element>(null);
  const ask = () => {
    cameFrom.current = document.activeElement;
    setWriting(true);
    setAsked(true);
    place.current?.querySelector<HTMLElement>(`[data-writes="${kind}"] textarea`)?.focus();
  };
  const onWriting = useCallback(
    (next: boolean) => {
      setWriting(next);
      if (next || !place.current?.querySelector(`[data-writes="${kind}"]`)?.contains(document.activeElement)) return;
      const back = cameFrom.current;
      const pane = place.current.closest<HTMLElement>('[data-pane="reading"]');
      const target = back instanceof HTMLElement && back.isConnected && back !== document.body ? back : pane;
      target?.focus({ preventScroll: true });
    },
    [place, kind],
  );
  return { ask, props: { isWriting, isAsked, onWriting } };
}

interface NoteListProps {
  readonly label: string;
  readonly notes: ItemDetail['notes'];
  /** Stands before the author of each. */
  readonly children?: ReactNode;
}

export function NoteList({ label, notes, children }: NoteListProps) {
  return (
    <section className={styles.notes} aria-label={label}>
      {notes.map((note) => (
        <article key={note.id} className={styles.note}>
          <p className={styles.label}>
            <Lock size={12} aria-hidden="true" />
            <span>
              {children}
              {note.by}
            </span>
            <time dateTime={note.writtenAt}>{clinicalDateTime(note.writtenAt, practiceZone)}</time>
            {note.opId !== null && <span>waiting to reach the portal</span>}
          </p>
          <PlainText text={note.text} />
        </article>
      ))}
    </section>
  );
}
