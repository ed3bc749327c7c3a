import { z } from 'zod';
import { dayOf } from '../../../shared/dates.ts';
import type { Day, Instant } from '../../../shared/ids.ts';
import { decimalTextOf } from './read-resource.ts';

/*
 * FHIR R4 datatypes, as far as the mappers use them (https://hl7.org/fhir/R4/datatypes.html). What is used is checked, the rest is
 * passed over: the mirror keeps it.
 */

/** A repeating element: absent means none. R4 JSON allows null in lists of primitives, where only an extension stands. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(z.nullable(item))
    .optional()
    .transform((items) => (items ?? []).flatMap((each) => (each === null ? [] : [each])));
}

const dateTimeText = /^\d{4}(-\d{2}(-\d{2}(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d))?)?)?$/u;

function isRealDay(text: string): boolean {
  const month = text.length < 7 ? 1 : Number(text.slice(5, 7));
  const day = text.length < 10 ? 1 : Number(text.slice(8, 10));
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= new Date(Date.UTC(Number(text.slice(0, 4)), month, 0)).getUTCDate();
}

/** A FHIR date, dateTime or instant that is one: 31 February is refused. Kept as text. */
export const dateTime = z.string().refine((text) => dateTimeText.test(text) && isRealDay(text), 'is not a date');

/**
 * An instant in UTC with milliseconds, so that texts sort as times do. A date without a time becomes midnight UTC: in New Zealand
 * that is noon or 1 pm of the same day, so the day shown stays right.
 */
export function toInstant(text: string): Instant {
  const whole = text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
  // A leap second has no place in Date; the second before it is near enough.
  return new Date(whole.includes(':60') ? whole.replace(/:60(?=[.Z+-])/u, ':59') : whole).toISOString();
}

/**
 * The calendar day of a date or dateTime; null when it gives only a month or a year. A time with an offset is a moment, and its day is New
 * Zealand's: 22:00Z on the 4th is the morning of the 5th here. (Chatham is 45 minutes ahead; a prescription at a quarter to midnight is not worth a zone.)
 */
export function toDay(text: string | undefined): Day | null {
  if (text === undefined || text.length < 10) return null;
  return text.includes('T') ? dayOf(toInstant(text), 'Pacific/Auckland') : text;
}

export const decimal = z.unknown().transform((value, context) => {
  const text = decimalTextOf(value);
  if (text !== undefined) return { text, number: Number(text) };
  context.addIssue({ code: 'custom', message: 'is not a number' });
  return z.NEVER;
});

export const Coding = z.object({ system: z.string().optional(), code: z.string().optional(), display: z.string().optional() });
export type Coding = z.infer<typeof Coding>;
export const CodeableConcept = z.object({ coding: list(Coding), text: z.string().optional() });
export type CodeableConcept = z.infer<typeof CodeableConcept>;
export const Reference = z.object({ reference: z.string().optional(), display: z.string().optional() });
export type Reference = z.infer<typeof Reference>;
export const Identifier = z.object({ use: z.string().optional(), system: z.string().optional(), value: z.string().optional() });
export type Identifier = z.infer<typeof Identifier>;
export const Period = z.object({ start: dateTime.optional(), end: dateTime.optional() });
export const Quantity = z.object({
  value: decimal.optional(),
  comparator: z.string().optional(),
  unit: z.string().optional(),
  system: z.string().optional(),
  code: z.string().optional(),
});
export type Quantity = z.infer<typeof Quantity>;
export const HumanName = z.object({
  use: z.string().optional(),
  text: z.string().optional(),
  family: z.string().optional(),
  given: list(z.string()),
  prefix: list(z.string()),
  period: Period.optional(),
});
export type HumanName = z.infer<typeof HumanName>;
export const Extension = z.object({
  url: z.string(),
  valueBoolean: z.boolean().optional(),
  valueString: z.string().optional(),
  valueCodeableConcept: CodeableConcept.optional(),
});

/** What every resource has. */
export const base = {
  id: z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/u, 'is malformed'),
  meta: z
    .object({ versionId: z.string().optional(), lastUpdated: dateTime.optional(), security: list(Coding) })
    .optional()
    .transform((meta) => ({ versionId: meta?.versionId ?? '', lastUpdated: meta?.lastUpdated ?? null, security: meta?.security ?? [] })),
};
