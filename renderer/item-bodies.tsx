import type { ItemBodies } from './features/item/item-body.ts';
import { MessageBody } from './features/messages/message-body.tsx';
import { RepeatBody } from './features/repeats/repeat-body.tsx';
import { ResultBody } from './features/results/result-body.tsx';

/** Kind of item → what shows it. A new kind does not compile until it stands here. */
export const itemBodies: ItemBodies = { message: MessageBody, repeat: RepeatBody, result: ResultBody };
