import { useState } from 'react';
import type { AssessedMedicine } from '../../../shared/domain/repeat-request.ts';
import type { BodyProps } from '../../acts/item-body.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { tellUnavailable } from '../../data/tell.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { refusalMessage } from '../../words/error-message.ts';
import { cautionsOf } from '../../words/patient-words.ts';
import { type Choice, isPlain, tickOf } from './decisions.ts';
import { useChoices } from './use-choices.ts';
import { useRepeatAnswer } from './use-repeat-answer.ts';

type OpenSheet =
  | { readonly is: 'acknowledge'; readonly medicine: AssessedMedicine }
  | { readonly is: 'decline'; readonly medicine: AssessedMedicine }
  | { readonly is: 'approve' };

/** Deciding one request: which keys do what, which sheet stands, and when the answer goes. */
export function useRepeatDecision({ detail, user, unseenChange, onFinished }: Omit<BodyProps<'repeat'>, 'intro'>) {
  const [sheet, setSheet] = useState<OpenSheet>();
  const { open, choices, missing, current, setCurrent, choose, step } = useChoices(detail.request.medicines);
  const blocked = refusalOf(detail, user, 'decide-repeat') ?? unseenChange;
  const closeSheet = () => setSheet(undefined);
  const onSent = () => {
    closeSheet();
    onFinished();
  };
  const answer = useRepeatAnswer({ detail, blocked, isQuiet: sheet !== undefined, onSent });

  const decide = (medicine: AssessedMedicine, choice: Choice | undefined) => {
    choose(medicine, choice);
    closeSheet();
  };
  const tick = (medicine: AssessedMedicine) => {
    if (blocked !== undefined) tellUnavailable(blocked);
    else if (choices[medicine.id]) decide(medicine, undefined);
    else if (medicine.outcome === 'red') tellUnavailable(refusalMessage('medicine-blocked'));
    else if (isPlain(medicine)) decide(medicine, tickOf(medicine));
    else setSheet({ is: 'acknowledge', medicine });
  };
  const askToApprove = () => {
    const [first] = missing;
    if (open.length === 0) return tellUnavailable('Everything in this request is decided.');
    if (first) {
      setCurrent(first.id);
      const names = missing.map(({ genericName }) => genericName).join(', ');
      return tellUnavailable(`Tick or decline ${names} first. The patient gets one answer.`);
    }
    answer.forgetProblem();
    return setSheet({ is: 'approve' });
  };
  const approveAtOnce = () => {
    const isAllPlain = open.length > 0 && open.every(isPlain) && open.every(({ id }) => choices[id]?.is !== 'declined');
    if (!isAllPlain || cautionsOf(detail).length > 0) askToApprove();
    else answer.send(Object.fromEntries(open.map((medicine) => [medicine.id, tickOf(medicine)])), null);
  };

  useCommands({
    'thread.next': () => step(1),
    'thread.previous': () => step(-1),
    'repeat.tick': unlessRefused(blocked, () => current && tick(current)),
    'repeat.decline': unlessRefused(blocked, () => current && setSheet({ is: 'decline', medicine: current })),
    'repeat.approve': unlessRefused(blocked, askToApprove),
    'item.decide': unlessRefused(blocked, approveAtOnce),
  });

  return { open, choices, missing, current, setCurrent, blocked, sheet, closeSheet, tick, decide, answer };
}

export type RepeatDecision = ReturnType<typeof useRepeatDecision>;
