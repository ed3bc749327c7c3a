import { iso } from './practice-time.ts';

/** Any JSON that a FHIR resource is made of. */
export type Json = string | number | boolean | readonly Json[] | { readonly [element: string]: Json };

/** A FHIR R4 resource with the id and the meta it will have on the server. */
export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: Meta;
  readonly [element: string]: Json;
}

type Meta = { readonly lastUpdated: string; readonly security?: readonly Json[] };
export type Reference = { readonly reference: string };

export const SYSTEM = {
  op: 'urn:portaldesk:op',
  taskCode: 'urn:portaldesk:task-code',
  role: 'urn:portaldesk:role',
  thread: 'urn:portaldesk:thread',
  nhi: 'https://standards.digital.health.nz/ns/nhi-id',
  hpiPerson: 'https://standards.digital.health.nz/ns/hpi-person-id',
  hpiOrganisation: 'https://standards.digital.health.nz/ns/hpi-organisation-id',
  hpiFacility: 'https://standards.digital.health.nz/ns/hpi-facility-id',
  nzmt: 'http://nzmt.org.nz',
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  ucum: 'http://unitsofmeasure.org',
} as const;

/** Security labels of WIRE, Result release. */
export type Label = 'NOPAT' | 'SEX' | 'HIV' | 'PSY' | 'ADOL' | 'R';

const LABEL_DISPLAY: Record<Label, string> = {
  NOPAT: "no disclosure to patient, family or caregivers without attending provider's authorization",
  SEX: 'sexuality and reproductive health information sensitivity',
  HIV: 'HIV/AIDS information sensitivity',
  PSY: 'psychiatry disorder information sensitivity',
  ADOL: 'adolescent information sensitivity',
  R: 'restricted',
};

export function metaOf(at: number, labels: readonly Label[] = []): Meta {
  const lastUpdated = iso(at);
  if (labels.length === 0) return { lastUpdated };
  const security = labels.map((code) => ({
    system: `http://terminology.hl7.org/CodeSystem/${code === 'R' ? 'v3-Confidentiality' : 'v3-ActCode'}`,
    code,
    display: LABEL_DISPLAY[code],
  }));
  return { lastUpdated, security };
}

export const referenceTo = (reference: string): Reference => ({ reference });

export const coded = (system: string, code: string): Json => ({ coding: [{ system, code }] });

export const concept = (system: string, code: string, text: string): Json => ({ coding: [{ system, code, display: text }], text });

/** Codes of HL7's own terminology server: `hl7('condition-clinical', 'active')`. */
export const hl7 = (name: string, code: string): Json => coded(`http://terminology.hl7.org/CodeSystem/${name}`, code);

export const opIdentifier = (uuid: string): Json => [{ system: SYSTEM.op, value: uuid }];

export const nzExtension = (name: string, value: { readonly [element: string]: Json }): Json => ({
  url: `http://hl7.org.nz/fhir/StructureDefinition/${name}`,
  ...value,
});
