import type { DraftKind, Input, Reply } from '../../../shared/contract.ts';
import type { Change } from '../../../shared/domain/change.ts';
import { err, ok } from '../../../shared/result.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findDraft, saveDraft } from '../../store/marks/drafts.ts';
import { openChangesOf } from '../../store/outbox/outbox-rows.ts';
import { type Desk, instantOf } from '../use-case-context.ts';

export function findItemDraft({ db }: Desk, { itemId, kind }: Input<'drafts.find'>): Reply<'drafts.find'> {
  return ok(findDraft(db, itemId, kind) ?? { text: '', savedAt: null });
}

export function saveItemDraft(desk: Desk, { itemId, kind, text }: Input<'drafts.save'>): Reply<'drafts.save'> {
  if (!findWorkItem(desk.db, itemId)) return err({ kind: 'not-found' });
  const savedAt = instantOf(desk.now());
  desk.db.transaction(() => saveDraft(desk.db, { itemId, kind, text: isOnItsWay(desk, itemId, kind, text) ? '' : text, savedAt }));
  return ok({ savedAt });
}

/** A window may save its draft while the act made of it is being queued: kept, the words would look unsent and be sent twice. */
function isOnItsWay({ db }: Desk, itemId: string, kind: DraftKind, text: string): boolean {
  return openChangesOf(db, itemId).some(({ change: { change } }) => {
    const words = wordsOf(change);
    return words?.kind === kind && words.text === text.trim();
  });
}

/** The words that a person typed in a change, and the draft they came from. */
export function wordsOf(change: Change): { readonly kind: DraftKind; readonly text: string } | undefined {
  switch (change.kind) {
    case 'reply':
      return { kind: 'reply', text: change.text };
    case 'note':
      return { kind: 'note', text: change.text };
    case 'release-result':
      return change.comment === null ? undefined : { kind: 'release-comment', text: change.comment };
    case 'decide-repeat': {
      const declined = change.decisions.flatMap((decision) => (decision.decision === 'decline' ? [decision.textForPatient] : []));
      return declined.length === 0 ? undefined : { kind: 'decline-text', text: declined.join('\n') };
    }
    default:
      return undefined;
  }
}

/** A change that will not be sent gives its words back, before whatever has been typed since (PRODUCT 64). Inside the caller's transaction. */
export function giveBackWords(desk: Desk, itemId: string, change: Change): void {
  const words = wordsOf(change);
  if (!words) return;
  const newer = findDraft(desk.db, itemId, words.kind)?.text ?? '';
  const text = newer === '' || newer === words.text ? words.text : `${words.text}\n\n${newer}`;
  saveDraft(desk.db, { itemId, kind: words.kind, text, savedAt: instantOf(desk.now()) });
}
