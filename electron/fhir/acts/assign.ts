import type { ToEntries } from './request-entry.ts';
import { givenBack, onlyTask } from './task-entry.ts';

/** Given to somebody, who has not taken it up yet: its status stays. */
export const assignEntries: ToEntries<'assign'> = (writing, { assignee }) =>
  onlyTask(writing, () =>
    assignee.to === 'pool'
      ? { ...givenBack(writing), pool: assignee.pool }
      : { owner: { reference: `PractitionerRole/${assignee.staffId}`, display: assignee.name } },
  );
