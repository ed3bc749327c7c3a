export type { DraftKind } from './draft.schema.ts';
