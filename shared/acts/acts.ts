import type { ActKind, Change, ChangeMap, InputMap } from '../changes/changes.ts';
import type { PracticeZone } from '../dates.ts';
import type { Ownership } from '../domain/ownership.ts';
import type { Permission } from '../domain/permissions.ts';
import type { ItemKind } from '../domain/work-item.ts';
import { assign } from './assign.ts';
import { claim } from './claim.ts';
import { decideRepeat } from './decide-repeat.ts';
import type { Acted, Facts, RowState, TypedWords, Writes } from './define-act.ts';
import { draftPolicy } from './draft-policy.ts';
import { finish } from './finish.ts';
import { holdResult } from './hold-result.ts';
import { markUnread } from './mark-unread.ts';
import { note } from './note.ts';
import { patientNote } from './patient-note.ts';
import { releaseClaim } from './release-claim.ts';
import { releaseResult } from './release-result.ts';
import { reply } from './reply.ts';
import { setPriority } from './set-priority.ts';

const table = {
  claim,
  'release-claim': releaseClaim,
  assign,
  'set-priority': setPriority,
  finish,
  reply,
  note,
  'decide-repeat': decideRepeat,
  'release-result': releaseResult,
  'hold-result': holdResult,
  'mark-unread': markUnread,
  'patient-note': patientNote,
  'draft-policy': draftPolicy,
};

/** What each act is. An act without its facts does not compile. */
export const acts: { readonly [K in ActKind]: Facts<K> } = table;

/** Acts that go out to the portal server. */
export type PortalActKind = { [K in ActKind]: (typeof table)[K]['livesAt'] extends 'portal' ? K : never }[ActKind];
/** Acts that stay on this computer. */
export type HereActKind = Exclude<ActKind, PortalActKind>;

export function isPortalAct(kind: ActKind): kind is PortalActKind {
  return acts[kind].livesAt === 'portal';
}

export function isPortalChange(change: Change): change is ChangeMap[PortalActKind] {
  return isPortalAct(change.kind);
}

/** What an act on an item asks of it before its own rules. */
export interface ItemRules {
  readonly ownership: Ownership;
  readonly reachesPatient: boolean;
  readonly onClosedItem: 'refuse' | 'allow';
  readonly requiredVersions: 'none' | 'row' | 'everything-shown';
}

/** Null: the act is not on an item. */
export function itemRulesOf(kind: ActKind): ItemRules | null {
  const facts = acts[kind];
  return 'ownership' in facts ? facts : null;
}

/** The right that an act needs; of some it hangs on the kind of the item. */
export function permissionOf(kind: ActKind, itemKind: ItemKind | null): Permission {
  const { permission } = acts[kind];
  if (typeof permission === 'string') return permission;
  return itemKind === null ? 'manage' : permission(itemKind);
}

/** A row as it will be when the act has taken effect; as it is, for what is not on an item. */
export function applyTo<K extends ActKind>(kind: K, row: RowState, change: ChangeMap[K], acted: Acted): RowState {
  const facts: Facts<K> = acts[kind];
  return 'applyTo' in facts ? facts.applyTo(row, change, acted) : row;
}

export function typedWordsOf<K extends ActKind>(kind: K, change: ChangeMap[K]): TypedWords | null {
  return acts[kind].typedWords(change);
}

export function patientWordsOf<K extends ActKind>(kind: K, change: ChangeMap[K]): string | null {
  return acts[kind].patientWords(change);
}

export function writesOf<K extends ActKind>(kind: K, change: ChangeMap[K]): Writes | null {
  return acts[kind].writes(change);
}

export function auditDetailOf<K extends ActKind>(kind: K, change: ChangeMap[K]): string {
  return acts[kind].auditDetail(change);
}

/** The input that decides the same again, on what is there now. */
export function reapplied<K extends ActKind>(kind: K, change: ChangeMap[K], zone: PracticeZone): InputMap[K] {
  return acts[kind].reapply(change, zone);
}
