import { z } from 'zod';
import { Instant } from '../ids.schema.ts';
import { contactNoteLimit, contactWays, holdReasons } from './test-result.ts';

/** HL7 v3 ObservationInterpretation, as the laboratory sent it; we never invent one (UI, Result). */
export const ResultFlag = z.enum(['H', 'L', 'HH', 'LL', 'A', 'AA']);
export type ResultFlag = z.infer<typeof ResultFlag>;

export const PreviousValue = z.object({ value: z.string(), unit: z.string().nullable(), at: Instant, number: z.number().nullable() });
export type PreviousValue = z.infer<typeof PreviousValue>;

export const Measurement = z.object({
  /** Observation id. */
  id: z.string(),
  name: z.string(),
  /** As the laboratory wrote it: FHIR decimals keep their precision, 1.10 is not 1.1. */
  value: z.string(),
  number: z.number().nullable(),
  unit: z.string().nullable(),
  flag: ResultFlag.nullable(),
  reference: z.string().nullable(),
  previous: z.array(PreviousValue),
  note: z.string().nullable(),
});
export type Measurement = z.infer<typeof Measurement>;

/** Held categories: released only after a talk with the patient is recorded (PRODUCT 30, NZ-FACTS 3.6). */
export const SensitiveLabel = z.enum(['SEX', 'HIV', 'PSY', 'ETH', 'SDV', 'STD', 'GDIS', 'ADOL', 'R', 'V']);
export type SensitiveLabel = z.infer<typeof SensitiveLabel>;

export const ReleaseGate = z.object({
  /** `one-key`: wholly normal. `sheet`: may be released after what `needs` lists. `blocked`: not now. */
  outcome: z.enum(['one-key', 'sheet', 'blocked']),
  needs: z.array(z.enum(['comment-or-explicit-none', 'contact-recorded', 'discussion-recorded'])),
  reasons: z.array(z.string()),
});
export type ReleaseGate = z.infer<typeof ReleaseGate>;

export const TestResult = z.object({
  /** DiagnosticReport id. */
  reportId: z.string(),
  name: z.string(),
  status: z.enum([
    'registered',
    'partial',
    'preliminary',
    'final',
    'amended',
    'corrected',
    'appended',
    'cancelled',
    'entered-in-error',
    'unknown',
  ]),
  reportedAt: Instant.nullable(),
  collectedAt: Instant.nullable(),
  laboratory: z.string().nullable(),
  conclusion: z.string().nullable(),
  /** The NOPAT label is on the report: the patient can't see it. */
  held: z.boolean(),
  labels: z.array(SensitiveLabel),
  measurements: z.array(Measurement),
  gate: ReleaseGate,
});
export type TestResult = z.infer<typeof TestResult>;

/** How the patient heard, where the rules ask for it. */
export const PatientContact = z.object({ how: z.enum(contactWays), at: Instant, note: z.string().max(contactNoteLimit) });
export type PatientContact = z.infer<typeof PatientContact>;

export const HoldReason = z.enum(holdReasons);
export type HoldReason = z.infer<typeof HoldReason>;
