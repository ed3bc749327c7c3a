import type { CommandId } from '../../commands.ts';

/** First steps in the order shown, each with the commands that fulfil it (UI, The first 60 seconds). */
export const coachMarks: readonly { readonly id: string; readonly words: string; readonly commands: readonly CommandId[] }[] = [
  { id: 'move', words: 'Press J to move', commands: ['list.next', 'list.next-row'] },
  { id: 'finish', words: 'E marks it done', commands: ['item.finish'] },
  { id: 'undo', words: 'Z undoes', commands: ['app.undo'] },
  { id: 'palette', words: 'Ctrl K finds anything', commands: ['app.palette'] },
];

/** The list of fulfilled steps after a command ran; the same list when nothing changed. */
export function coachMarksAfter(done: readonly string[], command: CommandId): readonly string[] {
  const mark = coachMarks.find((candidate) => candidate.commands.includes(command));
  return !mark || done.includes(mark.id) ? done : [...done, mark.id];
}
