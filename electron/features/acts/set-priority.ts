import { ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideSetPriority: Decide<'set-priority'> = ({ input: { priority } }) =>
  ok({ change: { kind: 'set-priority', v: 1, priority } });
