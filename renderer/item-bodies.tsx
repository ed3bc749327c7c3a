import { MessageBody } from './features/messages/message-body.tsx';
import { RepeatBody } from './features/repeats/repeat-body.tsx';
import { ResultBody } from './features/results/result-body.tsx';
import type { ItemBodies } from './item-body.ts';

/** Kind of item → what shows it. A new kind does not compile until it stands here. */
export const itemBodies: ItemBodies = { message: MessageBody, repeat: RepeatBody, result: ResultBody };
