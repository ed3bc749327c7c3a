import { useState } from 'react';
import { clinicalDate } from '../../../shared/dates.ts';
import type { Hold } from '../../../shared/domain/hold-rules.ts';
import type { Release } from '../../../shared/domain/release-rules.ts';
import type { BodyProps } from '../../acts/item-body.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { performAct } from '../../acts/perform.ts';
import { type ItemAct, useItemAct } from '../../acts/use-item-act.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { errorMessage } from '../../words/error-message.ts';
import { cautionsOf, patientTag } from '../../words/patient-words.ts';

interface ResultDecisionProps extends Omit<BodyProps<'result'>, 'intro'> {
  readonly onTrend: () => void;
}

/** Releasing and holding a result: by one key where nothing speaks against it, otherwise by the sheet. */
export function useResultDecision({ detail, user, unseenChange, onFinished, onTrend }: ResultDecisionProps) {
  const { gate, name } = detail.result;
  const acting = useItemAct(detail);
  const [sheet, setSheet] = useState<'release' | 'release-with-comment' | 'hold'>();
  const [problem, setProblem] = useState<string>();
  const notFinal = gate.outcome === 'blocked' ? `Can’t be released yet: ${gate.reasons.join(' · ')}.` : undefined;
  const blocked = refusalOf(detail, user, 'release-result') ?? unseenChange ?? notFinal;
  const holdBlocked = refusalOf(detail, user, 'hold-result') ?? unseenChange;
  const canOneKey = gate.outcome === 'one-key' && cautionsOf(detail).length === 0;

  const open = (which: typeof sheet) => {
    setProblem(undefined);
    setSheet(which);
  };
  const act = async (refusal: string | undefined, given: Release | Hold, send: Parameters<ItemAct['run']>[1], onQueued?: () => void) => {
    if (refusal !== undefined) return setProblem(refusal);
    const failure = await acting.run(JSON.stringify(given), send, () => {
      setSheet(undefined);
      onQueued?.();
    });
    setProblem(failure && errorMessage(failure));
  };
  const release = (given: Release) => {
    const words = `Release of ${name}, not sent yet · ${patientTag(detail)}`;
    const quiet = sheet !== undefined;
    void act(blocked, given, (identity) => performAct({ kind: 'release-result', ...identity, input: given }, words, { quiet }), onFinished);
  };
  const hold = (given: Hold) => {
    const words = `Held until ${clinicalDate(given.untilOn)} · ${patientTag(detail)}`;
    void act(holdBlocked, given, (identity) => performAct({ kind: 'hold-result', ...identity, input: given }, words, { quiet: true }));
  };

  useCommands({
    'item.decide': unlessRefused(blocked, () => {
      if (canOneKey) release({ comment: null, noComment: false, contact: null });
      else open('release');
    }),
    'result.release': unlessRefused(blocked, () => open('release')),
    'result.release-with-comment': unlessRefused(blocked, () => open('release-with-comment')),
    'result.hold': unlessRefused(holdBlocked, () => open('hold')),
    'result.trend': onTrend,
  });

  const canRelease = canOneKey && blocked === undefined;
  const closeSheet = () => setSheet(undefined);
  return { blocked, holdBlocked, canOneKey: canRelease, sheet, problem, isBusy: acting.isBusy, release, hold, closeSheet };
}

export type ResultDecision = ReturnType<typeof useResultDecision>;
