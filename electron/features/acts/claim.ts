import { ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideClaim: Decide<'claim'> = () => ok({ change: { kind: 'claim', v: 1 } });
