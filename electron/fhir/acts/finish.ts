import type { ToEntries } from './request-entry.ts';
import { finished, onlyTask } from './task-entry.ts';

export const finishEntries: ToEntries<'finish'> = (writing, { outcome }) => onlyTask(writing, () => finished(outcome));
