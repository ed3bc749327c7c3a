import { ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideMarkUnread: Decide<'mark-unread'> = () => ok({ change: { kind: 'mark-unread', v: 1 } });
