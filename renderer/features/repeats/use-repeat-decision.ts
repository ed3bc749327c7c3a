import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { AssessedMedicine } from '../../../shared/domain/repeat-request.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { performAct } from '../../acts.ts';
import { errorMessage } from '../../error-message.ts';
import { sendingRefusal } from '../../item-refusal.ts';
import { cautionsOf, patientTag } from '../../patient-words.ts';
import { showToast } from '../../ui/toast.tsx';
import { type CommandHandler, useCommands } from '../../use-commands.ts';
import { useItemAct } from '../../use-item-act.ts';
import { type Choice, type Choices, decisionsOf, isPlain, openMedicines, standingChoices, tickOf, undecided } from './decisions.ts';

type Detail = Extract<ItemDetail, { kind: 'repeat' }>;

interface RepeatDecisionProps {
  readonly detail: Detail;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
}

type OpenSheet =
  | { readonly is: 'acknowledge'; readonly medicine: AssessedMedicine }
  | { readonly is: 'decline'; readonly medicine: AssessedMedicine }
  | { readonly is: 'approve' };

/** The state of deciding one request: what is set per medicine, which one keys act on, which sheet stands. */
export function useRepeatDecision({ detail, user, unseenChange, onFinished }: RepeatDecisionProps) {
  const { medicines } = detail.request;
  const acting = useItemAct(detail);
  const [set, setChoices] = useState<Choices>({});
  const [currentId, setCurrent] = useState<string>();
  const [sheet, setSheet] = useState<OpenSheet>();
  const [problem, setProblem] = useState<string>();
  const choices = standingChoices(medicines, set);
  const open = openMedicines(medicines);
  const missing = undecided(medicines, choices);
  const current = open.find(({ id }) => id === currentId) ?? missing[0] ?? open[0];
  const blocked = sendingRefusal(detail, user, 'approve-repeat') ?? unseenChange;

  const choose = (medicine: AssessedMedicine, choice: Choice | undefined) => {
    setChoices({ ...choices, [medicine.id]: choice });
    setSheet(undefined);
    if (choice) setCurrent(missing.find(({ id }) => id !== medicine.id)?.id ?? medicine.id);
  };
  const tick = (medicine: AssessedMedicine) => {
    if (blocked !== undefined) return tell(blocked);
    if (choices[medicine.id]) return choose(medicine, undefined);
    if (medicine.outcome === 'red') return tell(errorMessage({ kind: 'refused', reason: 'medicine-blocked', detail: null }));
    return isPlain(medicine) ? choose(medicine, tickOf(medicine)) : setSheet({ is: 'acknowledge', medicine });
  };
  const send = async (all: Choices, message: string | null) => {
    if (blocked !== undefined) return setProblem(blocked);
    const decisions = decisionsOf(medicines, all);
    const approves = decisions.filter(({ decision }) => decision === 'approve').length;
    const words = `${approves > 0 ? 'Repeat prescription approved' : 'Repeat prescription declined'}, not sent yet · ${patientTag(detail)}`;
    const failure = await acting.run(
      JSON.stringify([decisions, message]),
      (act) => performAct('repeats.decide', { ...act, decisions, message }, words, { quiet: sheet !== undefined }),
      () => {
        setSheet(undefined);
        onFinished();
      },
    );
    setProblem(failure && errorMessage(failure));
  };
  const decide = () => {
    const isAllPlain = open.length > 0 && open.every(isPlain) && open.every(({ id }) => choices[id]?.is !== 'declined');
    if (isAllPlain && cautionsOf(detail).length === 0) {
      void send(Object.fromEntries(open.map((medicine) => [medicine.id, tickOf(medicine)])), null);
    } else askToApprove();
  };
  const askToApprove = () => {
    const [first] = missing;
    if (open.length === 0) return tell('Everything in this request is decided.');
    if (first) {
      setCurrent(first.id);
      return tell(`Tick or decline ${missing.map(({ genericName }) => genericName).join(', ')} first. The patient gets one answer.`);
    }
    setProblem(undefined);
    return setSheet({ is: 'approve' });
  };
  const step = (by: 1 | -1) => {
    const at = open.findIndex(({ id }) => id === current?.id);
    setCurrent(open[Math.min(Math.max(at + by, 0), open.length - 1)]?.id);
  };
  const unless = (run: () => void): CommandHandler => (blocked === undefined ? run : { unavailable: blocked });

  useCommands({
    'thread.next': () => step(1),
    'thread.previous': () => step(-1),
    'repeat.tick': unless(() => current && tick(current)),
    'repeat.decline': unless(() => current && setSheet({ is: 'decline', medicine: current })),
    'repeat.approve': unless(askToApprove),
    'item.decide': unless(decide),
  });

  return {
    current,
    setCurrent,
    choices,
    missing,
    blocked,
    sheet,
    problem,
    isBusy: acting.isBusy,
    approveTitle: missing.length === 0 && open.every(({ id }) => choices[id]?.is === 'declined') ? 'Decline all…' : 'Approve ticked…',
    tick,
    clear: (medicine: AssessedMedicine) => choose(medicine, undefined),
    acknowledge: (medicine: AssessedMedicine) => choose(medicine, tickOf(medicine)),
    decline: (medicine: AssessedMedicine, choice: Extract<Choice, { is: 'declined' }>) => choose(medicine, choice),
    closeSheet: () => setSheet(undefined),
    send: (message: string) => void send(choices, message),
  };
}

function tell(text: string): void {
  showToast({ id: 'unavailable', text, tone: 'warn', until: Date.now() + 6000 });
}
