import { ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideReleaseClaim: Decide<'release-claim'> = () => ok({ change: { kind: 'release-claim', v: 1 } });
