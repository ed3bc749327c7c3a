import { Lock } from 'lucide-react';
import { useRef, useState } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import { may } from '../../../shared/domain/permissions.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { useCommands } from '../../keys/use-commands.ts';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { errorMessage } from '../../words/error-message.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './internal-notes.module.css';
import { NoteWriter } from './note-writer.tsx';

interface InternalNotesProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
}

/** What the practice tells itself: another colour, label, key and place than anything that can be sent (PRODUCT 10). */
export function InternalNotes({ detail, user }: InternalNotesProps) {
  const [isWriting, setWriting] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useCommands({
    'note.add': may(user.role, 'note')
      ? () => {
          setWriting(true);
          setAsked(true);
          box.current?.querySelector('textarea')?.focus();
        }
      : { unavailable: errorMessage({ kind: 'not-allowed', needs: 'note' }) },
  });
  return (
    <div ref={box} className={styles.place}>
      <NoteList notes={detail.notes} />
      <NoteWriter detail={detail} isWriting={isWriting} isAsked={isAsked} onWriting={setWriting} />
    </div>
  );
}

function NoteList({ notes }: Pick<ItemDetail, 'notes'>) {
  if (notes.length === 0) return null;
  return (
    <section className={styles.notes} aria-label="Internal notes, never visible to the patient">
      {notes.map((note) => (
        <article key={note.id} className={styles.note}>
          <p className={styles.label}>
            <Lock size={12} aria-hidden="true" /> Internal note · {note.by} ·{' '}
            <time dateTime={note.writtenAt}>{clinicalDateTime(note.writtenAt, practiceZone)}</time>
            {note.opId !== null && ' · waiting to reach the portal'}
          </p>
          <PlainText text={note.text} />
        </article>
      ))}
    </section>
  );
}
