import { ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideFinish: Decide<'finish'> = ({ input: { outcome } }) => ok({ change: { kind: 'finish', v: 1, outcome } });
