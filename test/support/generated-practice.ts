import { generatePractice, type PracticeOptions } from '../../electron/demo/practice/generate-practice.ts';

type Coded = { readonly coding?: readonly { readonly system?: string; readonly code: string }[]; readonly text?: string };
type Ref = { readonly reference: string; readonly display?: string };

/** The elements of generated resources that tests look at, whatever the type. */
export interface Generated {
  readonly part: 'openWork' | 'history';
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly lastUpdated: string; readonly security?: readonly { readonly system: string; readonly code: string }[] };
  readonly extension?: readonly { readonly url: string }[];
  readonly identifier?: readonly { readonly system: string; readonly value: string }[];
  readonly status?: string;
  readonly intent?: string;
  readonly active?: boolean;
  readonly priority?: string;
  readonly code?: Coded;
  readonly name?: readonly { readonly family: string; readonly given: readonly string[] }[];
  readonly gender?: string;
  readonly birthDate?: string;
  readonly deceasedDateTime?: string;
  readonly subject?: Ref;
  readonly patient?: Ref;
  readonly focus?: Ref;
  readonly for?: Ref;
  readonly owner?: Ref;
  readonly requester?: Ref;
  readonly sender?: Ref;
  readonly performerType?: readonly Coded[];
  readonly partOf?: readonly Ref[];
  readonly result?: readonly Ref[];
  readonly input?: readonly { readonly valueReference: Ref }[];
  readonly priorPrescription?: Ref;
  readonly groupIdentifier?: { readonly value: string };
  readonly medicationCodeableConcept?: Coded;
  readonly authoredOn?: string;
  readonly sent?: string;
  readonly received?: string;
  readonly issued?: string;
  readonly effectiveDateTime?: string;
  readonly period?: { readonly end?: string };
  readonly restriction?: { readonly period: { readonly end: string } };
  readonly interpretation?: readonly Coded[];
  readonly payload?: readonly { readonly contentString: string }[];
}

/** Everything of a practice as it would arrive over HTTP: through JSON. */
export function generated(options: PracticeOptions): Generated[] {
  const all: Generated[] = [];
  for (const { part, resources } of generatePractice(options)) {
    for (const resource of resources) all.push({ ...JSON.parse(JSON.stringify(resource)), part });
  }
  return all;
}

export const labelsOf = (resource: Generated): string[] => (resource.meta.security ?? []).map(({ code }) => code);
export const referenceOf = (resource: Generated): string => `${resource.resourceType}/${resource.id}`;
export const codeOf = (concept: Coded | undefined): string | undefined => concept?.coding?.[0]?.code;
