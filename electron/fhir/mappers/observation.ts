import { z } from 'zod';
import type { ResultFlag } from '../../../shared/domain/test-result.ts';
import type { Instant } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { idIn, parseResource, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, dateTime, list, Period, Quantity, Reference, toInstant } from './datatypes.ts';
import { isHeld } from './diagnostic-report.ts';
import type { UnreadableResource } from './read-resource.ts';

const Range = z.object({ low: Quantity.optional(), high: Quantity.optional() });

const value = {
  valueQuantity: Quantity.optional(),
  valueCodeableConcept: CodeableConcept.optional(),
  valueString: z.string().optional(),
  valueBoolean: z.boolean().optional(),
  valueInteger: z.number().int().optional(),
  valueRange: Range.optional(),
  valueRatio: z.object({ numerator: Quantity.optional(), denominator: Quantity.optional() }).optional(),
  valueTime: z.string().optional(),
  valueDateTime: dateTime.optional(),
  valuePeriod: Period.optional(),
  valueSampledData: z.object({}).optional(),
  dataAbsentReason: CodeableConcept.optional(),
};

const ReferenceRange = z.object({ ...Range.shape, text: z.string().optional(), type: CodeableConcept.optional() });

const Resource = z.object({
  resourceType: z.literal('Observation'),
  ...base,
  status: z.string(),
  code: CodeableConcept,
  subject: Reference.optional(),
  effectiveDateTime: dateTime.optional(),
  effectiveInstant: dateTime.optional(),
  effectivePeriod: Period.optional(),
  issued: dateTime.optional(),
  ...value,
  interpretation: list(CodeableConcept),
  note: list(z.object({ text: z.string() })),
  referenceRange: list(ReferenceRange),
  component: list(z.object({ code: CodeableConcept, ...value })),
});
type Resource = z.infer<typeof Resource>;
type Value = Pick<Resource, keyof typeof value>;

/** A row of `measurement`. `value` is the laboratory's text: 1.10 is not 1.1. */
export interface ProjectedMeasurement {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string;
  readonly status: string;
  /** Says "same test": `system|code`, or the text in lower case. */
  readonly testKey: string;
  readonly at: Instant | null;
  readonly value: string;
  readonly number: number | null;
  readonly unit: string | null;
  readonly detail: {
    readonly name: string;
    readonly flag: ResultFlag | null;
    readonly reference: string | null;
    readonly note: string | null;
    readonly held: boolean;
  };
}

interface Reading {
  readonly text: string;
  readonly number: number | null;
  readonly unit: string | null;
}

function unitOf(quantity: Quantity | undefined): string | null {
  return quantity?.unit ?? quantity?.code ?? null;
}

function withUnit(quantity: Quantity | undefined): string {
  return [`${quantity?.comparator ?? ''}${quantity?.value?.text ?? '?'}`, unitOf(quantity)].filter((part) => part !== null).join(' ');
}

function rangeText(range: z.infer<typeof Range>): string | null {
  const low = range.low?.value?.text;
  const high = range.high?.value?.text;
  if (low !== undefined && high !== undefined) return `${low}–${high}`;
  if (high !== undefined) return `< ${high}`;
  return low === undefined ? null : `> ${low}`;
}

/** A number that is only a bound (<5) is no point of a trend. */
function quantityReading(quantity: Quantity): Reading | undefined {
  if (!quantity.value) return undefined;
  const number = quantity.comparator === undefined ? quantity.value.number : null;
  return {
    text: `${quantity.comparator === undefined ? '' : `${quantity.comparator} `}${quantity.value.text}`,
    number,
    unit: unitOf(quantity),
  };
}

function readingOf(from: Value): Reading | undefined {
  const quantity = from.valueQuantity && quantityReading(from.valueQuantity);
  if (quantity) return quantity;
  const plain = (text: string | null): Reading | undefined => (text === null ? undefined : { text, number: null, unit: null });
  if (from.valueInteger !== undefined) return { text: String(from.valueInteger), number: from.valueInteger, unit: null };
  if (from.valueCodeableConcept) return plain(textOf(from.valueCodeableConcept));
  if (from.valueString !== undefined) return plain(from.valueString);
  if (from.valueBoolean !== undefined) return plain(from.valueBoolean ? 'Yes' : 'No');
  if (from.valueRange)
    return { text: rangeText(from.valueRange) ?? '?', number: null, unit: unitOf(from.valueRange.low ?? from.valueRange.high) };
  if (from.valueRatio) return plain(`${withUnit(from.valueRatio.numerator)} / ${withUnit(from.valueRatio.denominator)}`);
  if (from.valueSampledData) return plain('A graph that Portal Desk cannot show');
  const time = from.valueDateTime ?? from.valueTime ?? from.valuePeriod?.start;
  if (time !== undefined) return plain(time);
  return from.dataAbsentReason ? plain(`No value: ${textOf(from.dataAbsentReason) ?? 'reason not given'}`) : undefined;
}

/** Blood pressure and the like: `120 / 80` with the unit they share, otherwise each part by name. */
function componentReading({ component }: Resource): Reading | undefined {
  const parts = component.flatMap((each) => {
    const reading = readingOf(each);
    return reading ? [{ name: textOf(each.code) ?? '', ...reading }] : [];
  });
  const [first] = parts;
  if (!first) return undefined;
  if (parts.length === 2 && parts.every((part) => part.number !== null && part.unit === first.unit)) {
    return { text: parts.map((part) => part.text).join(' / '), number: null, unit: first.unit };
  }
  return {
    text: parts.map((part) => `${part.name} ${part.text}${part.unit === null ? '' : ` ${part.unit}`}`.trim()).join('; '),
    number: null,
    unit: null,
  };
}

const flags: Readonly<Record<string, ResultFlag>> = { H: 'H', L: 'L', HH: 'HH', LL: 'LL', HU: 'HH', LU: 'LL', A: 'A', AA: 'AA', POS: 'A' };
const worstFirst: readonly ResultFlag[] = ['HH', 'LL', 'AA', 'H', 'L', 'A'];

/** The laboratory's own flag, never one of ours (UI, Result). Of several the worst is shown. */
function flagOf({ interpretation }: Resource): ResultFlag | null {
  const found = interpretation.flatMap((each) => each.coding).map((coding) => flags[coding.code ?? '']);
  return worstFirst.find((flag) => found.includes(flag)) ?? null;
}

function referenceOf({ referenceRange }: Resource): string | null {
  const normal = referenceRange.find((each) => each.type === undefined || each.type.coding.some((coding) => coding.code === 'normal'));
  const range = normal ?? referenceRange[0];
  return range ? (range.text ?? rangeText(range)) : null;
}

function testKeyOf({ code }: Resource): string {
  const coding = code.coding.find((each) => each.code !== undefined);
  return coding ? `${coding.system ?? ''}|${coding.code ?? ''}` : (textOf(code) ?? '').toLowerCase();
}

/** FHIR R4 Observation → a row of `measurement`. Unreadable: no patient. Without any value it says so and is kept. */
export function toMeasurement(resource: unknown): Result<ProjectedMeasurement, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value: from } = parsed;
  const patientId = idIn(from.subject, 'Patient');
  if (patientId === null) return unreadable(resource, 'The measurement names no patient.');
  const reading = readingOf(from) ?? componentReading(from) ?? { text: 'No value given', number: null, unit: null };
  const at = from.effectiveDateTime ?? from.effectiveInstant ?? from.effectivePeriod?.start ?? from.issued;
  return ok({
    id: from.id,
    versionId: from.meta.versionId,
    patientId,
    status: from.status,
    testKey: testKeyOf(from),
    at: at === undefined ? null : toInstant(at),
    value: from.status === 'entered-in-error' ? 'Withdrawn by the laboratory' : reading.text,
    number: from.status === 'entered-in-error' ? null : reading.number,
    unit: from.status === 'entered-in-error' ? null : reading.unit,
    detail: {
      name: textOf(from.code) ?? 'Test not named',
      flag: flagOf(from),
      reference: referenceOf(from),
      note: from.note.length > 0 ? from.note.map((each) => each.text).join('\n') : null,
      held: isHeld(from.meta.security),
    },
  });
}
