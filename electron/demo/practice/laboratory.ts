import { concept, hl7, type Json, type Label, metaOf, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import type { Analyte, Panel } from './panels.ts';
import type { Person } from './people.ts';
import { patientReference } from './practice-context.ts';
import { iso } from './practice-time.ts';
import { type Random, randomFor } from './random.ts';
import { LABORATORY } from './staff.ts';
import type { TextResult } from './text-results.ts';

export type Finding = 'normal' | 'abnormal' | 'critical';
export type Flag = 'H' | 'L' | 'HH' | 'LL' | 'A';

/** One value of a report, before it is FHIR. */
export interface Measured {
  readonly name: string;
  readonly loinc: string;
  readonly value: { readonly [element: string]: Json };
  readonly flag?: Flag;
  readonly range?: Json;
}

export interface ReportParts {
  readonly id: string;
  readonly name: string;
  readonly loinc: string;
  readonly section: string;
  readonly status: 'final' | 'amended';
  readonly person: Person;
  readonly collectedAt: number;
  readonly issuedAt: number;
  readonly updatedAt: number;
  readonly labels: readonly Label[];
  readonly measured: readonly Measured[];
  /** A laboratory says nothing of numbers that are all in their intervals. */
  readonly conclusion: string | undefined;
}

function rangeOf({ low, high, unit, ucum }: Analyte): Json {
  const quantity = (value: number): Json => ({ value, ...(unit && { unit }), system: SYSTEM.ucum, code: ucum });
  const text = low === undefined ? `<${high}` : high === undefined ? `>${low}` : `${low}–${high}`;
  return [{ ...(low !== undefined && { low: quantity(low) }), ...(high !== undefined && { high: quantity(high) }), text }];
}

function flagOf(analyte: Analyte, value: number): Flag | undefined {
  const { low, high, critical } = analyte;
  const grave = critical?.includes(value) ?? false;
  if (high !== undefined && value > high) return grave ? 'HH' : 'H';
  if (low !== undefined && value < low) return grave ? 'LL' : 'L';
  return undefined;
}

/** A value about the person's own level, so that a trend looks like one body and not like dice; kept inside the interval. */
function healthyValue(seed: number, person: Person, analyte: Analyte, random: Random): number {
  const own = analyte.mean + (randomFor(seed, 'level', person.index, analyte.loinc).next() - 0.5) * 2 * analyte.spread;
  const raw = own + (random.next() - 0.5) * analyte.spread;
  return Math.min(analyte.high ?? Number.POSITIVE_INFINITY, Math.max(analyte.low ?? 0, raw));
}

/** The values of a panel by name: all healthy, or one abnormal or critical; what follows from others is worked out last. */
function panelValues(seed: number, person: Person, panel: Panel, finding: Finding, random: Random): Map<string, number> {
  const able = panel.analytes.filter(({ critical, derive }) => !derive && (finding !== 'critical' || critical !== undefined));
  const odd = finding === 'normal' ? undefined : able[random.between(0, able.length - 1)];
  const values = new Map<string, number>();
  const rounded = (analyte: Analyte, value: number): number => Number(value.toFixed(analyte.digits));
  for (const analyte of panel.analytes.filter(({ derive }) => !derive)) {
    const choices = finding === 'critical' && analyte.critical ? analyte.critical : analyte.abnormal;
    const chosen = analyte === odd ? choices[random.between(0, choices.length - 1)] : undefined;
    values.set(analyte.name, rounded(analyte, chosen ?? healthyValue(seed, person, analyte, random)));
  }
  for (const analyte of panel.analytes) {
    if (analyte.derive)
      values.set(
        analyte.name,
        rounded(
          analyte,
          analyte.derive((name) => values.get(name) ?? 0, person),
        ),
      );
  }
  return values;
}

/** A panel as it was measured, in the order in which the laboratory reports it. */
export function measurePanel(seed: number, person: Person, panel: Panel, finding: Finding, random: Random): Measured[] {
  const values = panelValues(seed, person, panel, finding, random);
  return panel.analytes.map((analyte) => {
    const value = values.get(analyte.name) ?? analyte.mean;
    const flag = flagOf(analyte, value);
    const quantity = { value, ...(analyte.unit && { unit: analyte.unit }), system: SYSTEM.ucum, code: analyte.ucum };
    return { name: analyte.name, loinc: analyte.loinc, value: { valueQuantity: quantity }, ...(flag && { flag }), range: rangeOf(analyte) };
  });
}

export function measureText(test: TextResult, finding: Finding, random: Random): Measured[] {
  const text = random.pick(finding === 'normal' ? test.normal : test.abnormal);
  return [{ name: test.name, loinc: test.loinc, value: { valueString: text }, ...(finding !== 'normal' && { flag: 'A' as const }) }];
}

/** A DiagnosticReport and its Observations; the labels are on each of them (WIRE, Result release). */
export function reportResources(parts: ReportParts): Resource[] {
  const subject = referenceTo(patientReference(parts.person));
  const labels: readonly Label[] = parts.person.restricted ? [...parts.labels, 'R'] : parts.labels;
  const when = { effectiveDateTime: iso(parts.collectedAt), issued: iso(parts.issuedAt) };
  const performer = [{ reference: LABORATORY, display: 'Harbour Laboratories' }];
  const observations = parts.measured.map(
    (measured, place): Resource => ({
      resourceType: 'Observation',
      id: `${parts.id}-${place + 1}`,
      meta: metaOf(parts.updatedAt, labels),
      status: parts.status,
      category: [hl7('observation-category', 'laboratory')],
      code: concept(SYSTEM.loinc, measured.loinc, measured.name),
      subject,
      ...when,
      performer,
      ...measured.value,
      ...(measured.flag && { interpretation: [hl7('v3-ObservationInterpretation', measured.flag)] }),
      ...(measured.range !== undefined && { referenceRange: measured.range }),
    }),
  );
  const report: Resource = {
    resourceType: 'DiagnosticReport',
    id: parts.id,
    meta: metaOf(parts.updatedAt, labels),
    identifier: [{ system: 'urn:harbour-laboratories:accession', value: parts.id.toUpperCase() }],
    status: parts.status,
    category: [hl7('v2-0074', parts.section)],
    code: concept(SYSTEM.loinc, parts.loinc, parts.name),
    subject,
    ...when,
    performer,
    result: observations.map(({ id }) => referenceTo(`Observation/${id}`)),
    ...(parts.conclusion !== undefined && { conclusion: parts.conclusion }),
  };
  return [...observations, report];
}
