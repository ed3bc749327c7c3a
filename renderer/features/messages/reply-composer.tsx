import { useEffect, useRef, useState } from 'react';
import { clockTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { messageTextLimit, type Outcome } from '../../../shared/domain/thread.ts';
import { performAct } from '../../acts.ts';
import { keysOf } from '../../commands.ts';
import { errorMessage } from '../../error-message.ts';
import { sendingRefusal } from '../../item-refusal.ts';
import { cautionsOf, patientLine, patientTag, plainName } from '../../patient-words.ts';
import { practiceZone } from '../../practice-zone.ts';
import { Button } from '../../ui/button.tsx';
import { DraftState } from '../../ui/draft-state.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { useFocusWithin } from '../../ui/use-focus-within.ts';
import { useCommands } from '../../use-commands.ts';
import { type Draft, useDraft } from '../../use-draft.ts';
import { useItemAct } from '../../use-item-act.ts';
import { OutcomeSelect } from './outcome-select.tsx';
import styles from './reply-composer.module.css';
import { SendSheet } from './send-sheet.tsx';

interface ReplyComposerProps {
  readonly detail: Extract<ItemDetail, { kind: 'message' }>;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onSent: () => void;
}

/** The answer to the patient. Folded to one button until it is wanted or a draft stands. */
export function ReplyComposer(props: ReplyComposerProps) {
  const { detail, user } = props;
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const draft = useDraft(detail.item.id, 'reply');
  const refusal = sendingRefusal(detail, user, 'reply');
  useReturnedWords(detail, draft);

  const open = () => {
    setOpen(true);
    box.current?.querySelector('textarea')?.focus();
  };
  useCommands({ 'message.reply': refusal === undefined ? open : { unavailable: refusal } });
  const isShown = draft.text !== '' || (isOpen && refusal === undefined);
  return (
    <div ref={box}>
      {isShown ? (
        <OpenComposer {...props} draft={draft} refusal={refusal} isFresh={isOpen} onClose={() => setOpen(false)} />
      ) : (
        <Button look={refusal === undefined ? 'primary' : 'plain'} keys={keysOf('message.reply')} disabledBecause={refusal} onPress={open}>
          {detail.patient === null ? 'Reply' : `Reply to ${plainName(detail.patient)}`}
        </Button>
      )}
    </div>
  );
}

/** After an undo the core gives the words back as a draft; they are read again when a reply of ours goes from the thread. */
function useReturnedWords({ pending }: Pick<ItemDetail, 'pending'>, draft: Draft): void {
  const count = pending.length;
  const before = useRef(count);
  const { reload } = draft;
  useEffect(() => {
    if (count < before.current) reload();
    before.current = count;
  }, [count, reload]);
}

interface OpenComposerProps extends ReplyComposerProps {
  readonly draft: Draft;
  readonly refusal: string | undefined;
  readonly isFresh: boolean;
  readonly onClose: () => void;
}

function OpenComposer({ detail, unseenChange, onSent, draft, refusal, isFresh, onClose }: OpenComposerProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState<'send' | 'send-and-finish' | null>(null);
  const acting = useItemAct(detail);
  const focus = useFocusWithin();
  const name = plainName(detail.patient ?? detail.item);
  const needsSheet = cautionsOf(detail).length > 0;
  const blocked = refusal ?? unseenChange;

  async function send(finish: boolean) {
    if (blocked !== undefined) {
      setAsking(null);
      return setProblem(blocked);
    }
    const text = draft.text.trim();
    const given = finish ? outcome : null;
    const failure = await acting.run(
      JSON.stringify([text, finish, given]),
      (act) => performAct('messages.reply', { ...act, text, finish, outcome: given }, `Reply to ${patientTag(detail)}`, { quiet: true }),
      () => {
        draft.clear();
        onClose();
        onSent();
      },
    );
    setAsking(null);
    setProblem(failure && errorMessage(failure));
  }
  function ask(finish: boolean) {
    const text = draft.text.trim();
    if (text === '') setProblem(errorMessage({ kind: 'refused', reason: 'empty-text', detail: null }));
    else if (text.length > messageTextLimit) setProblem(errorMessage({ kind: 'refused', reason: 'text-too-long', detail: null }));
    else if (needsSheet) setAsking(finish ? 'send-and-finish' : 'send');
    else void send(finish);
  }
  useCommands(
    focus.isWithin
      ? {
          'message.send': blocked === undefined ? () => ask(false) : { unavailable: blocked },
          'message.send-and-finish': blocked === undefined ? () => ask(true) : { unavailable: blocked },
        }
      : {},
  );

  return (
    <section className={styles.composer} aria-label={`Reply to ${name}`} {...focus.props}>
      <p className={styles.to}>
        To <strong>{patientLine(detail)}</strong> · the patient will read this
      </p>
      {needsSheet && <p className={styles.caution}>▲ {cautionsOf(detail).join(' · ')}</p>}
      <TextArea
        label={`Reply to ${name}`}
        hideLabel
        rows={5}
        autoFocus={isFresh}
        value={draft.text}
        onChange={(text) => {
          draft.setText(text);
          setProblem(undefined);
        }}
        problem={problem}
      />
      <div className={styles.acts}>
        <DraftState state={draft.state} savedAt={draft.savedAt && clockTime(draft.savedAt, practiceZone)} />
        <OutcomeSelect value={outcome} onChange={setOutcome} />
        <Button keys={keysOf('message.send-and-finish')} disabledBecause={blocked} isBusy={acting.isBusy} onPress={() => ask(true)}>
          Send and done
        </Button>
        <Button look="primary" keys={keysOf('message.send')} disabledBecause={blocked} isBusy={acting.isBusy} onPress={() => ask(false)}>
          {needsSheet ? `Send to ${name}…` : `Send to ${name}`}
        </Button>
      </div>
      <SendSheet
        detail={detail}
        text={draft.text}
        asking={asking}
        isBusy={acting.isBusy}
        onClose={() => setAsking(null)}
        onSend={() => void send(asking === 'send-and-finish')}
      />
    </section>
  );
}
