import { Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActRequest } from '../../../shared/changes/changes.ts';
import { clockTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import { messageTextLimit } from '../../../shared/domain/thread.ts';
import { performAct } from '../../acts/perform.ts';
import { type ActIdentity, useItemAct } from '../../acts/use-item-act.ts';
import { keysOf } from '../../commands.ts';
import { useDraft } from '../../data/use-draft.ts';
import { useCommands } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { DraftState } from '../../ui/forms/draft-state.tsx';
import { TextArea } from '../../ui/forms/text-field.tsx';
import { useFocusWithin } from '../../ui/use-focus-within.ts';
import { errorMessage, refusalMessage } from '../../words/error-message.ts';
import { patientTag } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './internal-notes.module.css';

/** On this item, or on the patient and so beside every item of theirs. */
export type NoteKind = 'note' | 'patient-note';

interface NoteWriterProps {
  readonly kind: NoteKind;
  readonly detail: ItemDetail;
  readonly isWriting: boolean;
  /** Opened by its key and not by a draft that stands: only then may it take the focus, or keys meant for the list end in the note. */
  readonly isAsked: boolean;
  readonly onWriting: (isWriting: boolean) => void;
}

const words = {
  note: {
    heading: 'New internal note',
    label: 'Internal note',
    thisIs: 'This is an internal note.',
    reach: 'Internal note · stays in the practice, the patient never sees it',
    save: 'Save internal note',
    saved: 'Internal note saved',
  },
  'patient-note': {
    heading: 'New note on the patient',
    label: 'Note on the patient',
    thisIs: 'This is a note on the patient.',
    reach: 'Note on the patient · staff see it with every item, the patient never sees it',
    save: 'Save note on the patient',
    saved: 'Note on the patient saved',
  },
} as const satisfies Record<NoteKind, unknown>;

/** Where a note is written; a draft that was left opens it again. The keys that send save here, and never send. */
export function NoteWriter({ kind, detail, isWriting, isAsked, onWriting }: NoteWriterProps) {
  const { draft, problem, isBusy, save } = useNewNote(kind, detail, onWriting);
  const focus = useFocusWithin();
  const saving = {
    'message.send': save,
    'message.send-and-finish': { unavailable: `${words[kind].thisIs} It is saved, never sent.` },
  };
  useCommands(focus.isWithin ? saving : {});

  if (!isWriting) return null;
  return (
    <section className={styles.writer} aria-label={words[kind].heading} data-writes={kind} {...focus.props}>
      <p className={styles.label}>
        <Lock size={12} aria-hidden="true" />
        {words[kind].reach}
      </p>
      <TextArea
        label={words[kind].label}
        hideLabel
        rows={3}
        autoFocus={isAsked}
        value={draft.text}
        onChange={draft.setText}
        problem={problem}
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
        <Button onPress={save} keys={keysOf('message.send')} isBusy={isBusy}>
          {words[kind].save}
        </Button>
      </div>
    </section>
  );
}

/** The text of a note until it is saved. */
function useNewNote(kind: NoteKind, detail: ItemDetail, onWriting: (isWriting: boolean) => void) {
  const draft = useDraft(detail.item.key, kind);
  const acting = useItemAct(detail);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (draft.text !== '') onWriting(true);
  }, [draft.text, onWriting]);

  async function save() {
    const text = draft.text.trim();
    if (text === '') return setProblem(refusalMessage('empty-text'));
    const failure = await acting.run(
      text,
      (act) => performAct(requestOf(kind, act, text), `${words[kind].saved} · ${patientTag(detail)}`, { quiet: true }),
      () => {
        draft.clear();
        setProblem(undefined);
        onWriting(false);
      },
    );
    if (failure) setProblem(errorMessage(failure));
  }
  const tooLong = draft.text.length > messageTextLimit ? refusalMessage('text-too-long') : undefined;
  return { draft, problem: problem ?? tooLong, isBusy: acting.isBusy, save: () => void save() };
}

/** A note on the patient names the patient alone; the box for one is only there when there is a patient. */
function requestOf(kind: NoteKind, act: ActIdentity, text: string): ActRequest {
  const { opId, subject, seen } = act;
  if (kind === 'note' || subject.patientId === null) return { kind: 'note', ...act, input: { text } };
  return { kind: 'patient-note', opId, subject: { patientId: subject.patientId }, seen, input: { text } };
}
