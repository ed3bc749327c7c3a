import { useState } from 'react';
import type { Input } from '../../../shared/contract.ts';
import { clinicalDate } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { performAct } from '../../acts.ts';
import { errorMessage } from '../../error-message.ts';
import { decisionRefusal, sendingRefusal } from '../../item-refusal.ts';
import { cautionsOf, patientTag } from '../../patient-words.ts';
import { type CommandHandler, useCommands } from '../../use-commands.ts';
import { type ActIdentity, useItemAct } from '../../use-item-act.ts';

export type Release = Omit<Input<'results.release'>, keyof ActIdentity>;
export type Hold = Omit<Input<'results.hold'>, keyof ActIdentity>;

interface ResultDecisionProps {
  readonly detail: Extract<ItemDetail, { kind: 'result' }>;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly onTrend: () => void;
}

/** Releasing and holding a result: by one key where nothing speaks against it, otherwise by the sheet. */
export function useResultDecision({ detail, user, unseenChange, onFinished, onTrend }: ResultDecisionProps) {
  const { gate, name } = detail.result;
  const acting = useItemAct(detail);
  const [sheet, setSheet] = useState<'release' | 'release-with-comment' | 'hold'>();
  const [problem, setProblem] = useState<string>();
  const notFinal = gate.outcome === 'blocked' ? `Can’t be released yet: ${gate.reasons.join(' · ')}.` : undefined;
  const blocked = sendingRefusal(detail, user, 'release-result') ?? unseenChange ?? notFinal;
  const holdBlocked = decisionRefusal(detail, user, 'release-result') ?? unseenChange;
  const canOneKey = gate.outcome === 'one-key' && cautionsOf(detail).length === 0;

  const open = (which: typeof sheet) => {
    setProblem(undefined);
    setSheet(which);
  };
  const release = async (given: Release) => {
    if (blocked !== undefined) return setProblem(blocked);
    const words = `Release of ${name}, not sent yet · ${patientTag(detail)}`;
    const failure = await acting.run(
      JSON.stringify(given),
      (act) => performAct('results.release', { ...act, ...given }, words, { quiet: sheet !== undefined }),
      () => {
        setSheet(undefined);
        onFinished();
      },
    );
    setProblem(failure && errorMessage(failure));
  };
  const hold = async (given: Hold) => {
    if (holdBlocked !== undefined) return setProblem(holdBlocked);
    const words = `Held until ${clinicalDate(given.untilOn)} · ${patientTag(detail)}`;
    const failure = await acting.run(
      JSON.stringify(given),
      (act) => performAct('results.hold', { ...act, ...given }, words, { quiet: true }),
      () => setSheet(undefined),
    );
    setProblem(failure && errorMessage(failure));
  };
  const unless = (reason: string | undefined, run: () => void): CommandHandler => (reason === undefined ? run : { unavailable: reason });

  useCommands({
    'item.decide': unless(blocked, () => {
      if (canOneKey) void release({ comment: null, noComment: false, contact: null });
      else open('release');
    }),
    'result.release': unless(blocked, () => open('release')),
    'result.release-with-comment': unless(blocked, () => open('release-with-comment')),
    'result.hold': unless(holdBlocked, () => open('hold')),
    'result.trend': onTrend,
  });

  return {
    blocked,
    holdBlocked,
    canOneKey: canOneKey && blocked === undefined,
    sheet,
    problem,
    isBusy: acting.isBusy,
    release: (given: Release) => void release(given),
    hold: (given: Hold) => void hold(given),
    closeSheet: () => setSheet(undefined),
  };
}
