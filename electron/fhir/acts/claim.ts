import type { ToEntries } from './request-entry.ts';
import { authorOf } from './request-entry.ts';
import { onlyTask, statusOf } from './task-entry.ts';

/** A request that waited is accepted, anything further on stays where it is. */
export const claimEntries: ToEntries<'claim'> = (writing) =>
  onlyTask(writing, (body) => ({ status: acceptedStatus(statusOf(body)), owner: authorOf(writing) }));

function acceptedStatus(status: string): string {
  return ['draft', 'requested', 'received', 'ready'].includes(status) ? 'accepted' : status;
}
