import { z } from 'zod';
import type { DraftKind } from '../../../shared/domain/draft.ts';
import { type ItemKey, itemKeyOf } from '../../../shared/ids.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** By what a draft is found: by its item, a note on a patient by the patient, so that it is there beside every item of theirs. */
export function draftKeyOf<K extends string | null>(
  of: { readonly key: K; readonly patientId: string | null },
  kind: DraftKind,
): K | ItemKey {
  return kind === 'patient-note' && of.patientId !== null ? itemKeyOf('patient', `Patient/${of.patientId}`) : of.key;
}

const findDraftSql = defineStatement('SELECT body AS text, saved_at AS savedAt FROM draft WHERE item_key = :itemKey AND kind = :kind');

export function findDraft(db: ReadDb, itemKey: string, kind: DraftKind): { text: string; savedAt: string } | undefined {
  const row = db.read(findDraftSql).get({ itemKey, kind });
  return z.object({ text: z.string(), savedAt: z.string() }).optional().parse(row);
}

const saveDraftSql = defineStatement(`INSERT INTO draft (item_key, kind, body, saved_at) VALUES (:itemKey, :kind, :text, :savedAt)
     ON CONFLICT (item_key, kind) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`);

/** An empty text drops the draft. */
export function saveDraft(db: WriteDb, draft: { itemKey: string; kind: DraftKind; text: string; savedAt: string }): void {
  if (draft.text === '') {
    dropDraft(db, draft.itemKey, draft.kind);
    return;
  }
  db.write(saveDraftSql).run(draft);
}

const dropDraftSql = defineStatement('DELETE FROM draft WHERE item_key = :itemKey AND kind = :kind');

export function dropDraft(db: WriteDb, itemKey: string, kind: DraftKind): void {
  db.write(dropDraftSql).run({ itemKey, kind });
}
