import { clockTime } from '../../../shared/dates.ts';
import { keysOf } from '../../commands.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { DraftState } from '../../ui/forms/draft-state.tsx';
import { TextArea } from '../../ui/forms/text-field.tsx';
import { useFocusWithin } from '../../ui/use-focus-within.ts';
import { cautionsOf, patientLine, plainName } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import { OutcomeSelect } from './outcome-select.tsx';
import styles from './reply-composer.module.css';
import { SendSheet } from './send-sheet.tsx';
import { type Reply, type ReplyProps, useReply } from './use-reply.ts';

interface OpenComposerProps extends ReplyProps {
  /** It was opened to write now, not found with a draft in it. */
  readonly isFresh: boolean;
}

/** Where the answer is written: to whom in full, who else reads it, and the two ways to send it. */
export function OpenComposer({ isFresh, ...props }: OpenComposerProps) {
  const { detail, draft, blocked } = props;
  const reply = useReply(props);
  const focus = useFocusWithin();
  const name = plainName(detail.patient ?? detail.item);
  const cautions = cautionsOf(detail);
  const sending = {
    'message.send': unlessRefused(blocked, () => reply.ask('send')),
    'message.send-and-finish': unlessRefused(blocked, () => reply.ask('send-and-finish')),
  };
  useCommands(focus.isWithin ? sending : {});

  return (
    <section className={styles.composer} aria-label={`Reply to ${name}`} {...focus.props}>
      <p className={styles.to}>
        To <strong>{patientLine(detail)}</strong> · the patient will read this
      </p>
      {cautions.length > 0 && <p className={styles.caution}>▲ {cautions.join(' · ')}</p>}
      <TextArea
        label={`Reply to ${name}`}
        hideLabel
        rows={5}
        autoFocus={isFresh}
        value={draft.text}
        onChange={reply.write}
        problem={reply.problem}
      />
      <SendBar {...props} reply={reply} />
      <SendSheet
        detail={detail}
        text={draft.text}
        asking={reply.asking}
        isBusy={reply.isBusy}
        onClose={reply.closeSheet}
        onSend={reply.confirm}
      />
    </section>
  );
}

/** Whether the words are safe, how the item ends with them, and the two ways to send. */
function SendBar({ detail, draft, blocked, reply }: ReplyProps & { readonly reply: Reply }) {
  const sending = { disabledBecause: blocked, isBusy: reply.isBusy };
  const title = `Send to ${plainName(detail.patient ?? detail.item)}`;
  return (
    <div className={styles.acts}>
      <DraftState state={draft.state} savedAt={draft.savedAt && clockTime(draft.savedAt, practiceZone)} />
      <OutcomeSelect value={reply.outcome} onChange={reply.setOutcome} />
      <Button {...sending} keys={keysOf('message.send-and-finish')} onPress={() => reply.ask('send-and-finish')}>
        Send and done
      </Button>
      <Button {...sending} look="primary" keys={keysOf('message.send')} onPress={() => reply.ask('send')}>
        {cautionsOf(detail).length > 0 ? `${title}…` : title}
      </Button>
    </div>
  );
}
