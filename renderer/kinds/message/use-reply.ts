import { useState } from 'react';
import { messageTextLimit, type Outcome } from '../../../shared/domain/thread.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { performAct } from '../../acts/perform.ts';
import { useItemAct } from '../../acts/use-item-act.ts';
import type { Draft } from '../../data/use-draft.ts';
import { errorMessage, refusalMessage } from '../../words/error-message.ts';
import { cautionsOf, patientTag } from '../../words/patient-words.ts';

/** Send it, or send it and end the item with its outcome. */
export type SendWay = 'send' | 'send-and-finish';

export interface ReplyProps {
  readonly detail: DetailOf<'message'>;
  readonly draft: Draft;
  /** Why nothing may be sent now. */
  readonly blocked: string | undefined;
  readonly onSent: () => void;
}

/** From the written answer to the act: what is wrong with it, whether a sheet asks first, and that it went. */
export function useReply({ detail, draft, blocked, onSent }: ReplyProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState<SendWay | null>(null);
  const acting = useItemAct(detail);
  const text = draft.text.trim();

  async function send(way: SendWay) {
    if (blocked !== undefined) {
      setAsking(null);
      return setProblem(blocked);
    }
    const finish = way === 'send-and-finish';
    const given = finish ? outcome : null;
    const failure = await acting.run(
      JSON.stringify([text, finish, given]),
      (act) =>
        performAct({ kind: 'reply', ...act, input: { text, finish, outcome: given } }, `Reply to ${patientTag(detail)}`, { quiet: true }),
      () => {
        draft.clear();
        onSent();
      },
    );
    setAsking(null);
    setProblem(failure && errorMessage(failure));
  }
  function ask(way: SendWay) {
    if (text === '') setProblem(refusalMessage('empty-text'));
    else if (text.length > messageTextLimit) setProblem(refusalMessage('text-too-long'));
    else if (cautionsOf(detail).length > 0) setAsking(way);
    else void send(way);
  }
  function write(words: string) {
    draft.setText(words);
    setProblem(undefined);
  }
  return {
    outcome,
    setOutcome,
    problem,
    asking,
    isBusy: acting.isBusy,
    write,
    ask,
    confirm: () => {
      if (asking) void send(asking);
    },
    closeSheet: () => setAsking(null),
  };
}

export type Reply = ReturnType<typeof useReply>;
