import type { ActKind } from '../../../shared/changes/changes.ts';
import { decideAssign } from './assign.ts';
import { decideClaim } from './claim.ts';
import { decideDecideRepeat } from './decide-repeat.ts';
import type { Decide } from './define-decide.ts';
import { decideDraftPolicy } from './draft-policy.ts';
import { decideFinish } from './finish.ts';
import { decideHoldResult } from './hold-result.ts';
import { decideMarkUnread } from './mark-unread.ts';
import { decideNote } from './note.ts';
import { decidePatientNote } from './patient-note.ts';
import { decideReleaseClaim } from './release-claim.ts';
import { decideReleaseResult } from './release-result.ts';
import { decideReply } from './reply.ts';
import { decideSetPriority } from './set-priority.ts';

/** The rules of each act. An act without its rules does not compile. */
export const deciders: { readonly [K in ActKind]: Decide<K> } = {
  claim: decideClaim,
  'release-claim': decideReleaseClaim,
  assign: decideAssign,
  'set-priority': decideSetPriority,
  finish: decideFinish,
  reply: decideReply,
  note: decideNote,
  'decide-repeat': decideDecideRepeat,
  'release-result': decideReleaseResult,
  'hold-result': decideHoldResult,
  'mark-unread': decideMarkUnread,
  'patient-note': decidePatientNote,
  'draft-policy': decideDraftPolicy,
};
