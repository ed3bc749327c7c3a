import { z } from 'zod';
import { Day, Instant } from '../ids.schema.ts';
import { declineReasons } from './repeat-request.ts';

/** Opioids: 1 month at most, never green, never in bulk. Other controlled drugs: 3 months (NZ-FACTS 3.5). */
export const ControlledClass = z.enum(['none', 'opioid', 'controlled']);
export type ControlledClass = z.infer<typeof ControlledClass>;

/** What is known of one requested medicine. `null` means "not checked" and is shown so; it is never green. */
export const RequestedMedicine = z.object({
  /** MedicationRequest id of the patient's proposal. */
  id: z.string(),
  status: z.enum(['requested', 'approved', 'declined']),
  /** Generic name, lower case; brand in capitals where the request names one (UI, Medicine line order). */
  genericName: z.string(),
  brandName: z.string().nullable(),
  strength: z.string().nullable(),
  form: z.string().nullable(),
  dose: z.string(),
  code: z.string().nullable(),
  controlled: ControlledClass,
  onLongTermList: z.boolean(),
  lastPrescribedOn: Day.nullable(),
  lastPrescribedBy: z.string().nullable(),
  lastDispensedOn: Day.nullable(),
  repeatsLeft: z.number().int().nullable(),
  supplyDays: z.number().int().nullable(),
  lastReviewedOn: Day.nullable(),
  /** Dose text of the order it repeats when that differs from what is asked for. */
  previousDose: z.string().nullable(),
  /** Another open request for the same medicine. */
  duplicateOf: z.string().nullable(),
  allergyMatch: z.string().nullable(),
});
export type RequestedMedicine = z.infer<typeof RequestedMedicine>;

export const RuleOutcome = z.enum(['green', 'amber', 'red']);
export type RuleOutcome = z.infer<typeof RuleOutcome>;

/** One rule that spoke, with where it comes from: shown to the prescriber, kept with the decision. */
export const RuleFinding = z.object({ rule: z.string(), outcome: RuleOutcome, text: z.string(), source: z.string() });
export type RuleFinding = z.infer<typeof RuleFinding>;

export const AssessedMedicine = RequestedMedicine.extend({ outcome: RuleOutcome, findings: z.array(RuleFinding) });
export type AssessedMedicine = z.infer<typeof AssessedMedicine>;

export const RepeatRequest = z.object({
  requestedAt: Instant,
  requestedBy: z.string(),
  pharmacy: z.string().nullable(),
  note: z.string().nullable(),
  medicines: z.array(AssessedMedicine),
});
export type RepeatRequest = z.infer<typeof RepeatRequest>;

export const DeclineReason = z.enum(declineReasons);
export type DeclineReason = z.infer<typeof DeclineReason>;

/** One decision on one medicine. Amber needs the findings acknowledged; decline needs a reason and words for the patient. */
export const MedicineDecision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('approve'), medicineId: z.string(), acknowledged: z.array(z.string()) }),
  z.object({ decision: z.literal('decline'), medicineId: z.string(), reason: DeclineReason, textForPatient: z.string().min(1).max(2000) }),
]);
export type MedicineDecision = z.infer<typeof MedicineDecision>;
