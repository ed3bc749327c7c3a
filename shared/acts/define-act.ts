import type { ActKind, ChangeMap, InputMap, SubjectOf } from '../changes/changes.ts';
import type { PracticeZone } from '../dates.ts';
import type { DraftKind } from '../domain/draft.ts';
import type { Ownership } from '../domain/ownership.ts';
import type { Permission } from '../domain/permissions.ts';
import type { Pool } from '../domain/staff.ts';
import type { ItemKind, ItemStatus, Priority } from '../domain/work-item.ts';

/** What of an item's row an act may change; the rest comes from the server. */
export interface RowState {
  readonly status: ItemStatus;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly pool: Pool | null;
  readonly priority: Priority;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
}

/** Who acted, and when: an act takes effect on the row at the instant it was made. */
export interface Acted {
  readonly authorId: string;
  readonly authorName: string;
  readonly at: string;
}

/** Words that a person typed, and the draft that they are while they are not sent. */
export interface TypedWords {
  readonly draft: DraftKind;
  readonly text: string;
}

/** What an act puts where people read, before the server has confirmed it. */
export interface Writes {
  readonly to: 'thread' | 'notes';
  readonly id: string;
  readonly text: string;
}

type Home = 'portal' | 'here';

interface Common<K extends ActKind> {
  /** `portal`: goes out to every desk. `here`: of this person on this computer alone, such as what they have read. */
  readonly livesAt: Home;
  /** Seconds that it waits and can be taken back: what leaves the practice, and what a slip of a key does. 0: goes at once. */
  readonly undoWindowSeconds: 0 | 10;
  /** Rests on what was on the screen: never moved onto another version of any of it (SAFETY I8). */
  readonly clinical: boolean;
  /** Leaves a Provenance of its own, which proves it. */
  readonly leavesRecord: boolean;
  readonly typedWords: (change: ChangeMap[K]) => TypedWords | null;
  /** What the patient will read of it. */
  readonly patientWords: (change: ChangeMap[K]) => string | null;
  readonly writes: (change: ChangeMap[K]) => Writes | null;
  /** The input that decides the same again, on what is there now. */
  readonly reapply: (change: ChangeMap[K], zone: PracticeZone) => InputMap[K];
  /** Codes, ids and references; never a word that somebody wrote (SAFETY I17). */
  readonly auditDetail: (change: ChangeMap[K]) => string;
}

interface OnItem<K extends ActKind> {
  readonly permission: Permission | ((kind: ItemKind) => Permission);
  /** Whose the item may be: a colleague's item is theirs until it is assigned. */
  readonly ownership: Ownership;
  /** There must be a patient, and alive. */
  readonly reachesPatient: boolean;
  readonly onClosedItem: 'refuse' | 'allow';
  /** Which versions must still be what was seen: none, those of the row, or those of everything that the pane shows. */
  readonly requiredVersions: 'none' | 'row' | 'everything-shown';
  readonly applyTo: (row: RowState, change: ChangeMap[K], acted: Acted) => RowState;
}

interface Elsewhere {
  readonly permission: Permission;
}

type OfSubject<K extends ActKind> = {
  readonly item: OnItem<K>;
  readonly patient: Elsewhere;
  readonly practice: Elsewhere;
  readonly 'new-item': Elsewhere;
};

/** All that any layer must know of an act without doing it. */
export type Facts<K extends ActKind> = Common<K> & OfSubject<K>[SubjectOf<K>];

/** Keeps the kind and the home as literals, so that the tables of what reaches the portal can close over them. */
export function defineAct<const K extends ActKind, const H extends Home>(
  facts: Facts<K> & { readonly kind: K; readonly livesAt: H },
): Facts<K> & { readonly kind: K; readonly livesAt: H } {
  return facts;
}

export const nothing = () => null;

/** Closed by this act, at its instant. */
export function closed(row: RowState, status: 'completed' | 'rejected', at: string): RowState {
  return { ...row, status, closedAt: at };
}

/** Whoever acts on an item that nobody has takes it with the act. */
export function takenIfFree(row: RowState, { authorId, authorName }: Acted): RowState {
  return row.ownerId === null ? { ...row, ownerId: authorId, ownerName: authorName } : row;
}
