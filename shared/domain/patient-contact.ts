import type { AppError } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import type { Patient } from './patient.ts';

/** Nothing is sent to a person who has died, nor where it is not known who would read it. */
export function mayWriteTo(patient: Patient | null | undefined): Result<Patient, AppError> {
  if (!patient) return err({ kind: 'refused', reason: 'sender-not-matched', detail: null });
  if (patient.deceased.is) return err({ kind: 'refused', reason: 'patient-deceased', detail: patient.deceased.at });
  return ok(patient);
}
