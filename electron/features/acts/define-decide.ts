import type { ActKind, ChangeMap, InputMap, SubjectOf } from '../../../shared/changes/changes.ts';
import type { PracticeZone } from '../../../shared/dates.ts';
import type { DraftKind } from '../../../shared/domain/draft.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import type { ItemOf } from './subject.ts';

/** What an act is decided on. Reads and values only: `perform` alone writes. */
export interface DecideContext<K extends ActKind> {
  readonly db: ReadDb;
  readonly input: InputMap[K];
  readonly author: Staff;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: PracticeZone;
  readonly newId: () => string;
  readonly patient: Patient | undefined;
  readonly item: ItemOf[SubjectOf<K>];
}

export interface Decision<K extends ActKind> {
  readonly change: ChangeMap[K];
  /** The draft that became this act; gone once it is queued. */
  readonly dropsDraft?: DraftKind;
}

/** The rules of one act. Runs inside the transaction, after right, versions, ownership and openness were checked. */
export type Decide<K extends ActKind> = (context: DecideContext<K>) => Result<Decision<K>, AppError>;
