import { type Health, healthOf } from './health.ts';
import type { Person } from './people.ts';
import { randomFor } from './random.ts';
import { fullName, GPS, PHARMACIES, roleReference, type StaffMember } from './staff.ts';

/** What everything is derived from. Nothing in it grows with the number of items. */
export interface PracticeContext {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly people: readonly Person[];
  readonly openItems: number;
  readonly historyItems: number;
  readonly historyYears: number;
}

export const patientId = (person: Person): string => `patient-${String(person.index).padStart(5, '0')}`;
export const patientReference = (person: Person): string => `Patient/${patientId(person)}`;
export const proxyReference = (person: Person): string => `RelatedPerson/proxy-${String(person.index).padStart(5, '0')}`;

export function personAt(context: PracticeContext, index: number): Person {
  const person = context.people[index % context.people.length];
  if (!person) throw new Error('A practice needs at least one enrolled person');
  return person;
}

/** A family has one GP. */
export function gpOf(context: PracticeContext, person: Person): StaffMember {
  return randomFor(context.seed, 'gp', person.household).pick(GPS);
}

export function pharmacyOf(context: PracticeContext, person: Person): string {
  return randomFor(context.seed, 'pharmacy', person.household).pick(PHARMACIES);
}

export const staffReference = (member: StaffMember): { reference: string; display: string } => ({
  reference: roleReference(member),
  display: fullName(member),
});

export const healthIn = (context: PracticeContext, person: Person): Health => healthOf(context.seed, person);
