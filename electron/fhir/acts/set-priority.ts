import type { ToEntries } from './request-entry.ts';
import { onlyTask } from './task-entry.ts';

export const setPriorityEntries: ToEntries<'set-priority'> = (writing, { priority }) => onlyTask(writing, () => ({ priority }));
