import type { ToEntries } from './request-entry.ts';
import { givenBack, onlyTask } from './task-entry.ts';

export const releaseClaimEntries: ToEntries<'release-claim'> = (writing) => onlyTask(writing, () => givenBack(writing));
