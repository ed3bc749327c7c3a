import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { WriteDb } from '../../store/db.ts';

/** A transaction that an expected failure undoes too, not only a thrown one: for what writes first and asks the rules after. */
export function allOrNothing<T>(db: WriteDb, work: () => Result<T, AppError>): Result<T, AppError> {
  const refusal = new Error('Refused: everything is undone');
  let result: Result<T, AppError> | undefined;
  try {
    return db.transaction(() => {
      result = work();
      if (!result.ok) throw refusal;
      return result;
    });
  } catch (thrown) {
    if (thrown === refusal && result) return result;
    throw thrown;
  }
}
