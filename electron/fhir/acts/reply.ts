import { ok } from '../../../shared/result.ts';
import { messageEntry } from './communication-entry.ts';
import type { ToEntries } from './request-entry.ts';
import { finished, onlyTask, statusOf, type TaskEdit, takenIfUnowned } from './task-entry.ts';

export const replyEntries: ToEntries<'reply'> = (writing, change) => {
  const edit = (body: string): TaskEdit => ({
    ...takenIfUnowned(writing, body),
    ...(change.finish ? finished(change.outcome) : answered(body)),
  });
  const task = onlyTask(writing, edit);
  return task.ok ? ok([messageEntry(writing, change), ...task.value]) : task;
};

/** Answered and not finished: being worked on, unless it is over already. */
function answered(body: string): TaskEdit {
  return ['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'].includes(statusOf(body)) ? {} : { status: 'in-progress' };
}
