export type {
  AssessedMedicine,
  MedicineDecision,
  RepeatRequest,
  RequestedMedicine,
  RuleFinding,
  RuleOutcome,
} from './repeat-request.schema.ts';

/** Codes of medicationrequest-status-reason, and our own where HL7 has none (WIRE, More on renewals). */
export const declineReasons = [
  'altchoice',
  'clarif',
  'drughigh',
  'labint',
  'salg',
  'sddi',
  'sdupther',
  'sintol',
  'review-overdue',
  'too-early',
  'controlled',
  'not-long-term',
] as const;
export type DeclineReason = (typeof declineReasons)[number];
