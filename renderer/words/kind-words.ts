import type { ItemKind } from '../../shared/domain/work-item.ts';

export const kindWords: Record<ItemKind, string> = { message: 'Message', repeat: 'Repeat prescription', result: 'Result' };
