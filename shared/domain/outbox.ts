import type { OutboxState } from './outbox.schema.ts';

export type { ConflictView, OutboxEntry, OutboxState } from './outbox.schema.ts';

export function isFinal(state: OutboxState): boolean {
  return state === 'done' || state === 'undone';
}
