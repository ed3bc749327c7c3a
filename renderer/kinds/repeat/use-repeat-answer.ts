import { useState } from 'react';
import type { DetailOf } from '../../acts/item-body.ts';
import { performAct } from '../../acts/perform.ts';
import { useItemAct } from '../../acts/use-item-act.ts';
import { errorMessage } from '../../words/error-message.ts';
import { patientTag } from '../../words/patient-words.ts';
import { type Choices, decisionsOf } from './decisions.ts';

interface RepeatAnswerProps {
  readonly detail: DetailOf<'repeat'>;
  /** Why nothing may be sent now. */
  readonly blocked: string | undefined;
  /** A sheet stands that shows the problem: no toast needed. */
  readonly isQuiet: boolean;
  readonly onSent: () => void;
}

/** The one answer to a request: every decision in one act. `message` null: the words follow from the decisions. */
export function useRepeatAnswer({ detail, blocked, isQuiet, onSent }: RepeatAnswerProps) {
  const acting = useItemAct(detail);
  const [problem, setProblem] = useState<string>();

  async function send(choices: Choices, message: string | null) {
    if (blocked !== undefined) return setProblem(blocked);
    const decisions = decisionsOf(detail.request.medicines, choices);
    const isApproval = decisions.some(({ decision }) => decision === 'approve');
    const words = `Repeat prescription ${isApproval ? 'approved' : 'declined'}, not sent yet · ${patientTag(detail)}`;
    const failure = await acting.run(
      JSON.stringify([decisions, message]),
      (act) => performAct({ kind: 'decide-repeat', ...act, input: { decisions, message } }, words, { quiet: isQuiet }),
      onSent,
    );
    setProblem(failure && errorMessage(failure));
  }
  return {
    problem,
    isBusy: acting.isBusy,
    forgetProblem: () => setProblem(undefined),
    send: (choices: Choices, message: string | null) => void send(choices, message),
  };
}
