import { type ItemRules, itemRulesOf, permissionOf } from '../../../shared/acts/acts.ts';
import type { ActKind, Subject, SubjectKind, SubjectShape } from '../../../shared/changes/changes.ts';
import { ownershipRefusal } from '../../../shared/domain/ownership.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import { mayWriteTo } from '../../../shared/domain/patient-contact.ts';
import { may, type Permission } from '../../../shared/domain/permissions.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { type ItemKind, isOpen, type WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import { ItemKey } from '../../../shared/ids.schema.ts';
import type { PatientId, Seen } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findPatient } from '../../store/record/patients.ts';
import { checkSeen } from '../kinds/seen.ts';

/** What stands where an act on such a subject looks for its item. */
export interface ItemOf {
  readonly item: WorkItem;
  readonly patient: undefined;
  readonly practice: undefined;
  readonly 'new-item': undefined;
}

/** What an act is on, as it stands here. */
export interface FoundSubject<S extends SubjectKind> {
  readonly of: Subject;
  readonly patientId: PatientId | null;
  readonly patient: Patient | undefined;
  readonly item: ItemOf[S];
}

interface Asked {
  readonly kind: ActKind;
  readonly opId: string;
  readonly seen: Seen;
  readonly author: Staff;
}

type Find<S extends SubjectKind> = (db: ReadDb, subject: SubjectShape[S], asked: Asked) => Result<FoundSubject<S>, AppError>;

const finders: { readonly [S in SubjectKind]: Find<S> } = {
  item: findItem,
  patient: (db, { patientId }, asked) => {
    const patient = findPatient(db, patientId);
    if (!patient) return err({ kind: 'not-found' });
    return allowed(asked, null) ?? ok({ of: { of: 'patient' }, patientId, patient, item: undefined });
  },
  practice: (_db, _subject, asked) =>
    allowed(asked, null) ?? ok({ of: { of: 'practice' }, patientId: null, patient: undefined, item: undefined }),
  'new-item': (db, { patientId }, asked) => {
    const patient = patientId === null ? undefined : findPatient(db, patientId);
    if (patientId !== null && !patient) return err({ kind: 'not-found' });
    const itemKey = ItemKey.parse(`op:${asked.opId}`);
    return allowed(asked, null) ?? ok({ of: { of: 'new-item', itemKey }, patientId, patient, item: undefined });
  },
};

/** Finds what an act is on and checks all that does not need the act's own rules: right, patient, versions, ownership, openness. */
export function findSubject<S extends SubjectKind>(
  of: S,
  db: ReadDb,
  subject: SubjectShape[S],
  asked: Asked,
): Result<FoundSubject<S>, AppError> {
  return finders[of](db, subject, asked);
}

function findItem(db: ReadDb, { itemKey, patientId }: SubjectShape['item'], asked: Asked): Result<FoundSubject<'item'>, AppError> {
  const item = findWorkItem(db, itemKey);
  if (!item) return err({ kind: 'not-found' });
  const refused = allowed(asked, item.kind);
  if (refused) return refused;
  if (item.patientId !== patientId) return err({ kind: 'wrong-patient' });
  const rules = itemRulesOf(asked.kind);
  const standing = rules && checkItem(db, item, rules, asked);
  if (standing && !standing.ok) return standing;
  const patient = patientId === null ? undefined : findPatient(db, patientId);
  if (rules?.reachesPatient) {
    const writable = mayWriteTo(patient);
    if (!writable.ok) return writable;
  }
  return ok({ of: { of: 'item', itemKey: item.key, taskId: item.taskId }, patientId, patient, item });
}

function checkItem(db: ReadDb, item: WorkItem, rules: ItemRules, { seen, author }: Asked): Result<void, AppError> {
  const foreign = ownershipRefusal(item, author.id, rules.ownership);
  if (foreign?.kind === 'taken') return err(foreign);
  const standing = checkSeen(db, item, seen, rules.requiredVersions);
  if (!standing.ok) return standing;
  if (foreign) return err(foreign);
  if (rules.onClosedItem === 'refuse' && !isOpen(item)) return err({ kind: 'refused', reason: 'item-closed', detail: null });
  return ok(undefined);
}

function allowed({ kind, author }: Asked, itemKind: ItemKind | null): Result<never, AppError> | undefined {
  const needs: Permission = permissionOf(kind, itemKind);
  return may(author.role, needs) ? undefined : err({ kind: 'not-allowed', needs });
}
