export type { ItemDetail, ItemEvent } from './item-detail.schema.ts';
