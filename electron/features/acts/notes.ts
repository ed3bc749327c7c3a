import type { Input, Reply } from '../../../shared/contract.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Desk } from '../use-case-context.ts';
import { queueAct } from './act.ts';
import { oneLine } from './one-line.ts';

/** An internal note only adds: it holds whatever else changed, and on a closed item too. */
export function addNote(desk: Desk, input: Input<'notes.add'>): Reply<'notes.add'> {
  return queueAct(desk, input, {
    kind: 'note',
    mustStand: 'nothing',
    onClosedItem: 'allowed',
    draft: 'note',
    decide: () => {
      const text = input.text.trim();
      if (text === '') return err({ kind: 'refused', reason: 'empty-text', detail: null });
      return ok({ change: { kind: 'note', v: 1, noteId: desk.newId(), text }, summary: `Note: ${oneLine(text)}` });
    },
  });
}
