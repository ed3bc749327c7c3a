export type { Allergies, Patient, PatientProxy } from './patient.schema.ts';
