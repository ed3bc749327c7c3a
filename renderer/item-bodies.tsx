import type { ItemBodies } from './acts/item-body.ts';
import { MessageBody } from './kinds/message/message-body.tsx';
import { RepeatBody } from './kinds/repeat/repeat-body.tsx';
import { ResultBody } from './kinds/result/result-body.tsx';

/** Kind of item → what shows it. A new kind does not compile until it stands here. */
export const itemBodies: ItemBodies = { message: MessageBody, repeat: RepeatBody, result: ResultBody };
