export type { Conservation, SyncStatus } from './sync-status.schema.ts';
