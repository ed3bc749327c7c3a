import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { Outcome } from '../../../shared/domain/thread.ts';
import type { ItemKind } from '../../../shared/domain/work-item.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { performAct } from '../../acts/perform.ts';
import { useItemAct } from '../../acts/use-item-act.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { outcomeWords } from '../../words/outcome-words.ts';
import { patientTag } from '../../words/patient-words.ts';

interface ItemCommandsProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly onAssign: () => void;
  readonly recordLook: () => void;
}

/** Registers the acts of every item. Answers the act that ends it with a chosen outcome. */
export function useItemCommands({
  detail,
  user,
  unseenChange,
  onFinished,
  onAssign,
  recordLook,
}: ItemCommandsProps): (outcome: Outcome | null) => void {
  const { item } = detail;
  const acting = useItemAct(detail);
  const triage = refusalOf(detail, user, 'assign');
  const tag = patientTag(detail);

  const finish = (outcome: Outcome | null) => {
    const words = [finishWords[detail.kind], ...(outcome === null ? [] : [outcomeWords[outcome]]), tag].join(' · ');
    void acting.run(`finish ${outcome}`, (act) => performAct({ kind: 'finish', ...act, input: { outcome } }, words), onFinished);
  };
  const claim = () => {
    const kind = claimKind(detail, user);
    void acting.run(kind, (act) => performAct({ kind, ...act, input: {} }, `${kind === 'claim' ? 'Claimed' : 'Claim released'} · ${tag}`));
  };
  const toggleUrgent = () => {
    const priority = item.priority === 'routine' ? 'urgent' : 'routine';
    const words = `${priority === 'urgent' ? 'Marked urgent' : 'No longer urgent'} · ${tag}`;
    void acting.run(priority, (act) => performAct({ kind: 'set-priority', ...act, input: { priority } }, words));
  };
  const markUnread = () => {
    // Before it, or a look that is recorded a moment later would mark it read.
    recordLook();
    void acting.run('mark-unread', (act) => performAct({ kind: 'mark-unread', ...act, input: {} }, `Marked unread · ${tag}`));
  };

  useCommands({
    'item.finish': unlessRefused(unseenChange ?? refusalOf(detail, user, 'finish'), () => finish(null)),
    'item.claim': unlessRefused(refusalOf(detail, user, claimKind(detail, user)), claim),
    'item.assign': unlessRefused(triage, onAssign),
    'item.urgent': unlessRefused(triage, toggleUrgent),
    'item.unread': markUnread,
  });
  return finish;
}

/** The one key that takes an item and gives it back. */
export function claimKind({ item }: Pick<ItemDetail, 'item'>, user: Staff): 'claim' | 'release-claim' {
  return item.ownerId === user.id ? 'release-claim' : 'claim';
}

/** A result or request that is ended like this gave the patient no answer, and the toast says so. */
const finishWords: Record<ItemKind, string> = {
  message: 'Done',
  repeat: 'Done without a decision',
  result: 'Done without release',
};
