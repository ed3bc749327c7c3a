import { typedWordsOf } from '../../../shared/acts/acts.ts';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { Input, Reply } from '../../../shared/contract.ts';
import type { DraftKind } from '../../../shared/domain/draft.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ItemKey } from '../../../shared/ids.ts';
import { err, ok } from '../../../shared/result.ts';
import { findItemOfTask, findWorkItem } from '../../store/lists/work-item.ts';
import { draftKeyOf, findDraft, saveDraft } from '../../store/marks/drafts.ts';
import { openChangesOf, openChangesOfPatient } from '../../store/outbox/outbox-rows.ts';
import { instantOf, type UseCaseContext, type ViewContext } from '../use-case-context.ts';

export function findItemDraft({ db }: ViewContext, { itemKey, kind }: Input<'drafts.find'>): Reply<'drafts.find'> {
  const item = findWorkItem(db, itemKey);
  return ok(findDraft(db, item ? draftKeyOf(item, kind) : itemKey, kind) ?? { text: '', savedAt: null });
}

export function saveItemDraft(context: UseCaseContext, { itemKey, kind, text }: Input<'drafts.save'>): Reply<'drafts.save'> {
  const item = findWorkItem(context.db, itemKey);
  if (!item) return err({ kind: 'not-found' });
  const savedAt = instantOf(context.now());
  context.db.transaction(() =>
    saveDraft(context.db, {
      itemKey: draftKeyOf(item, kind),
      kind,
      text: isOnItsWay(context, item, kind, text) ? '' : text,
      savedAt,
    }),
  );
  return ok({ savedAt });
}

/** A window may save its draft while the act made of it is being queued: kept, the words would look unsent and be sent twice. */
function isOnItsWay({ db }: UseCaseContext, { taskId, patientId }: WorkItem, kind: DraftKind, text: string): boolean {
  const onPatient = patientId === null ? [] : openChangesOfPatient(db, patientId);
  return [...openChangesOf(db, taskId), ...onPatient].some(({ change: { change } }) => {
    const words = typedWordsOf(change.kind, change);
    return words?.draft === kind && words.text === text.trim();
  });
}

/** The key by which the item of a change is known now: it may be another than when it was queued. Undefined: it is on none. */
export function keyNow({ db }: ViewContext, queued: Pick<QueuedChange, 'subject'>): ItemKey | undefined {
  const item = itemOf(queued);
  return item ? (findItemOfTask(db, item.taskId)?.key ?? item.itemKey) : undefined;
}

/** A change that will not be sent gives its words back, before whatever has been typed since (PRODUCT 64). Inside the caller's transaction. */
export function giveBackWords(context: UseCaseContext, queued: QueuedChange): void {
  const words = typedWordsOf(queued.change.kind, queued.change);
  if (!words) return;
  const itemKey = draftKeyOf({ key: keyNow(context, queued) ?? null, patientId: queued.patientId }, words.draft);
  if (itemKey === null) return;
  const newer = findDraft(context.db, itemKey, words.draft)?.text ?? '';
  const text = newer === '' || newer === words.text ? words.text : `${words.text}\n\n${newer}`;
  saveDraft(context.db, { itemKey, kind: words.draft, text, savedAt: instantOf(context.now()) });
}
