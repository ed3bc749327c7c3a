import { Lock } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { clinicalDateTime, clockTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import { may } from '../../../shared/domain/permissions.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { messageTextLimit } from '../../../shared/domain/thread.ts';
import { performAct } from '../../acts.ts';
import { keysOf } from '../../commands.ts';
import { errorMessage } from '../../error-message.ts';
import { patientTag } from '../../patient-words.ts';
import { practiceZone } from '../../practice-zone.ts';
import { Button } from '../../ui/button.tsx';
import { DraftState } from '../../ui/draft-state.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { useFocusWithin } from '../../ui/use-focus-within.ts';
import { useCommands } from '../../use-commands.ts';
import { useDraft } from '../../use-draft.ts';
import { useItemAct } from '../../use-item-act.ts';
import styles from './internal-notes.module.css';

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
      {detail.notes.length > 0 && (
        <section className={styles.notes} aria-label="Internal notes, never visible to the patient">
          {detail.notes.map((note) => (
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
      )}
      <NoteWriter detail={detail} isWriting={isWriting} isAsked={isAsked} onWriting={setWriting} />
    </div>
  );
}

interface NoteWriterProps {
  readonly detail: ItemDetail;
  readonly isWriting: boolean;
  /** Opened by its key and not by a draft that stands: only then may it take the focus, or keys meant for the list end in the note. */
  readonly isAsked: boolean;
  readonly onWriting: (isWriting: boolean) => void;
}

function NoteWriter({ detail, isWriting, isAsked, onWriting }: NoteWriterProps) {
  const draft = useDraft(detail.item.id, 'note');
  const acting = useItemAct(detail);
  const focus = useFocusWithin();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (draft.text !== '') onWriting(true);
  }, [draft.text, onWriting]);

  async function save() {
    const text = draft.text.trim();
    if (text === '') return setProblem(errorMessage({ kind: 'refused', reason: 'empty-text', detail: null }));
    const failure = await acting.run(
      text,
      (act) => performAct('notes.add', { ...act, text }, `Internal note saved · ${patientTag(detail)}`, { quiet: true }),
      () => {
        draft.clear();
        setProblem(undefined);
        onWriting(false);
      },
    );
    if (failure) setProblem(errorMessage(failure));
  }
  useCommands(
    focus.isWithin
      ? {
          'message.send': () => void save(),
          'message.send-and-finish': { unavailable: 'This is an internal note. It is saved, never sent.' },
        }
      : {},
  );

  if (!isWriting) return null;
  return (
    <section className={styles.writer} aria-label="New internal note" {...focus.props}>
      <p className={styles.label}>
        <Lock size={12} aria-hidden="true" /> Internal note · stays in the practice, the patient never sees it
      </p>
      <TextArea
        label="Internal note"
        hideLabel
        rows={3}
        autoFocus={isAsked}
        value={draft.text}
        onChange={draft.setText}
        problem={
          problem ??
          (draft.text.length > messageTextLimit ? errorMessage({ kind: 'refused', reason: 'text-too-long', detail: null }) : undefined)
        }
      />
      <div className={styles.acts}>
        <DraftState state={draft.state} savedAt={draft.savedAt && clockTime(draft.savedAt, practiceZone)} />
        <Button
          look="quiet"
          onPress={() => onWriting(false)}
          disabledBecause={draft.text === '' ? undefined : 'Empty the note first, or save it.'}
        >
          Close
        </Button>
        <Button onPress={() => void save()} keys={keysOf('message.send')} isBusy={acting.isBusy}>
          Save internal note
        </Button>
      </div>
    </section>
  );
}
