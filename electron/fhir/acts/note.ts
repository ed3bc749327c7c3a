import { ok } from '../../../shared/result.ts';
import { noteEntry } from './communication-entry.ts';
import { type ToEntries, taskRefOf } from './request-entry.ts';

export const noteEntries: ToEntries<'note'> = (writing, { noteId, text }) =>
  ok([noteEntry(writing, taskRefOf(writing.queued), noteId, text)]);
