import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Permission } from '../../../shared/domain/permissions.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { Outcome } from '../../../shared/domain/thread.ts';
import type { ItemKind } from '../../../shared/domain/work-item.ts';
import { decisionRefusal, refusalOf } from '../../acts/item-refusal.ts';
import { performAct } from '../../acts/perform.ts';
import { useItemAct } from '../../acts/use-item-act.ts';
import { call } from '../../data/api.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { showToast } from '../../ui/overlays/toast.tsx';
import { outcomeWords } from '../../words/outcome-words.ts';
import { patientTag } from '../../words/patient-words.ts';

/** Ending a prescription request or a result without an answer takes the right to decide on it, as in the core. */
const neededToFinish: Record<ItemKind, Permission> = { message: 'triage', repeat: 'approve-repeat', result: 'release-result' };

export function finishRefusal(detail: ItemDetail, user: Staff): string | undefined {
  return decisionRefusal(detail, user, neededToFinish[detail.kind]);
}

export function claimRefusal(detail: ItemDetail, user: Staff): string | undefined {
  return decisionRefusal(detail, user, 'triage');
}

interface ItemCommandsProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly onAssign: () => void;
}

/** Registers the acts of every item. Answers the act that ends it with a chosen outcome. */
export function useItemCommands({
  detail,
  user,
  unseenChange,
  onFinished,
  onAssign,
}: ItemCommandsProps): (outcome: Outcome | null) => void {
  const { item } = detail;
  const acting = useItemAct(detail);
  const triage = refusalOf(detail, user, 'triage');
  const tag = patientTag(detail);

  const finish = (outcome: Outcome | null) => {
    const words = [finishWords[detail.kind], ...(outcome === null ? [] : [outcomeWords[outcome]]), tag].join(' · ');
    void acting.run(`finish ${outcome}`, (act) => performAct('items.finish', { ...act, outcome }, words), onFinished);
  };
  const claim = () => {
    const isMine = item.ownerId === user.id;
    const channel = isMine ? 'items.release-claim' : 'items.claim';
    void acting.run(channel, (act) => performAct(channel, act, `${isMine ? 'Claim released' : 'Claimed'} · ${tag}`));
  };
  const toggleUrgent = () => {
    const priority = item.priority === 'routine' ? 'urgent' : 'routine';
    const words = `${priority === 'urgent' ? 'Marked urgent' : 'No longer urgent'} · ${tag}`;
    void acting.run(priority, (act) => performAct('items.set-priority', { ...act, priority }, words));
  };
  const markUnread = async () => {
    const reply = await call('items.mark-unread', { itemId: item.id });
    if (reply.ok) showToast({ id: 'unread', text: `Marked unread · ${tag}`, tone: 'neutral', until: Date.now() + 4000 });
  };

  useCommands({
    'item.finish': unlessRefused(unseenChange ?? finishRefusal(detail, user), () => finish(null)),
    'item.claim': unlessRefused(claimRefusal(detail, user), claim),
    'item.assign': unlessRefused(triage, onAssign),
    'item.urgent': unlessRefused(triage, toggleUrgent),
    'item.unread': () => void markUnread(),
  });
  return finish;
}

/** A result or request that is ended like this gave the patient no answer, and the toast says so. */
const finishWords: Record<ItemKind, string> = {
  message: 'Done',
  repeat: 'Done without a decision',
  result: 'Done without release',
};
