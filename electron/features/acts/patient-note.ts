import { err, ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decidePatientNote: Decide<'patient-note'> = ({ input, newId }) => {
  const text = input.text.trim();
  if (text === '') return err({ kind: 'refused', reason: 'empty-text', detail: null });
  return ok({ change: { kind: 'patient-note', v: 1, noteId: newId(), text }, dropsDraft: 'patient-note' });
};
