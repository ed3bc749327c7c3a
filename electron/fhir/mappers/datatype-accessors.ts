import type { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CodeableConcept, Coding, HumanName, Identifier, Reference } from './datatypes.ts';
import { refOf, type UnreadableResource } from './read-resource.ts';

/** The systems of WIRE, "Wire contract v0". */
export const systems = {
  op: 'urn:portaldesk:op',
  item: 'urn:portaldesk:item',
  policy: 'urn:portaldesk:policy',
  taskCode: 'urn:portaldesk:task-code',
  role: 'urn:portaldesk:role',
  thread: 'urn:portaldesk:thread',
  nhi: 'https://standards.digital.health.nz/ns/nhi-id',
  hpiPerson: 'https://standards.digital.health.nz/ns/hpi-person-id',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
} as const;

/** Parses a resource of one type with a mapper's schema; a problem is told by the element's name and never by its content. */
export function parseResource<S extends z.ZodType>(schema: S, resource: unknown): Result<z.output<S>, UnreadableResource> {
  const parsed = schema.safeParse(resource);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const element = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? '';
  const problem = issue?.code === 'custom' || issue?.code === 'invalid_format' ? issue.message : 'is missing or not in the expected form';
  return err({ ref: refOf(resource), reason: `Its element ${element.replace(/^\./u, '') || 'resourceType'} ${problem}.` });
}

export function unreadable(resource: unknown, reason: string): Result<never, UnreadableResource> {
  return err({ ref: refOf(resource), reason });
}

/** The id in a relative or absolute reference to a resource of that type; null for another type, a contained or a temporary one. */
export function idIn(reference: Reference | undefined, type: string): string | null {
  const match = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/u.exec(reference?.reference ?? '');
  return match?.[1] === type ? (match[2] ?? null) : null;
}

/** `Type/id` of a reference; null for a contained or a temporary one. */
export function refIn(reference: Reference | undefined): string | null {
  const match = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/u.exec(reference?.reference ?? '');
  return match?.[1] ?? null;
}

export function codeIn(concept: CodeableConcept | undefined, system: string): string | null {
  return concept?.coding.find((coding) => coding.system === system)?.code ?? null;
}

/** What a person reads: the text, else the first display, else the first code. */
export function textOf(concept: CodeableConcept | undefined): string | null {
  const coding = concept?.coding.find((each) => each.display) ?? concept?.coding[0];
  return concept?.text ?? coding?.display ?? coding?.code ?? null;
}

export function identifierIn(identifiers: readonly Identifier[], system: string): string | null {
  const found = identifiers.filter((identifier) => identifier.system === system && identifier.value);
  // `old` is a dormant number of a merged person (NZ-FACTS 3.1).
  return (found.find((identifier) => identifier.use !== 'old') ?? found[0])?.value ?? null;
}

export function hasLabel(security: readonly Coding[], system: string, code: string): boolean {
  return security.some((label) => label.system === system && label.code === code);
}

/** The name to use: official, else usual, else the first that is not old or a nickname. */
export function nameToUse(names: readonly HumanName[]): HumanName | undefined {
  const current = names.filter((name) => name.use !== 'old' && name.use !== 'maiden' && name.use !== 'nickname');
  return current.find((name) => name.use === 'official') ?? current.find((name) => name.use === 'usual') ?? current[0] ?? names[0];
}

export function fullNameOf(name: HumanName | undefined): string | null {
  if (!name) return null;
  const parts = [...name.prefix, ...name.given, name.family ?? ''].filter((part) => part.trim() !== '');
  return parts.length > 0 ? parts.join(' ') : (name.text ?? null);
}

export type SenderKind = 'patient' | 'proxy' | 'staff' | 'unknown';

/** Who a reference speaks for. */
export function senderKindOf(reference: Reference | undefined): SenderKind {
  const type = refIn(reference)?.split('/')[0];
  if (type === 'Patient') return 'patient';
  if (type === 'RelatedPerson') return 'proxy';
  return type === 'PractitionerRole' || type === 'Practitioner' || type === 'Organization' ? 'staff' : 'unknown';
}
