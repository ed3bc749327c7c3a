import { err, ok } from '../../../shared/result.ts';
import { noteEntry } from './communication-entry.ts';
import type { ToEntries } from './request-entry.ts';

/** The same label and addressee as a note on an item; it is about the patient. */
export const patientNoteEntries: ToEntries<'patient-note'> = (writing, { noteId, text }) => {
  const { patientId } = writing.queued;
  return patientId === null
    ? err({ reason: 'The note names no patient.' })
    : ok([noteEntry(writing, `Patient/${patientId}`, noteId, text)]);
};
