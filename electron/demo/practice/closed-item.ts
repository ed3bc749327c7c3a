import { arrivalOnDay, dueAt, type Kind } from './arrival.ts';
import { type Json, metaOf, type Resource, referenceTo } from './fhir-parts.ts';
import { kindAt, type PoolRole, type Pools } from './open-item.ts';
import type { Person } from './people.ts';
import { type PracticeContext, patientReference, personAt, proxyReference, staffReference } from './practice-context.ts';
import { HOUR, iso, MINUTE, nextOpen } from './practice-time.ts';
import { hasTrait, type Random, randomFor } from './random.ts';
import type { StaffMember } from './staff.ts';
import { type TaskCode, task } from './task.ts';

/** A piece of work that is done: when it came, who took it, when it was finished. */
export interface ClosedItem {
  readonly kind: Kind;
  /** Six digits, unique among closed items. */
  readonly name: string;
  readonly person: Person;
  readonly sender: string;
  readonly at: number;
  readonly claimedAt: number;
  readonly doneAt: number;
  readonly urgent: boolean;
  readonly random: Random;
}

/** Spread evenly over the years before the last eight days; nine in ten finished within the target. */
export function closedItemAt(context: PracticeContext, pools: Pools, index: number): ClosedItem {
  const { kind } = kindAt(index);
  const random = randomFor(context.seed, 'closed', index);
  const indices = kind === 'repeat' ? pools.treated : pools;
  const byProxy = kind !== 'result' && hasTrait(index, 37, 10) && indices.proxied.length > 0;
  const choices = byProxy ? indices.proxied : indices.general.length > 0 ? indices.general : pools.general;
  const person = personAt(context, choices[random.between(0, choices.length - 1)] ?? index);
  const days = Math.max(1, Math.round(context.historyYears * 365.25) - 8);
  const at = arrivalOnDay(kind, context.now, 9 + random.between(0, days), random);
  const urgent = random.chance(0.05);
  const allowed = dueAt(kind, at, urgent) - at;
  const took = allowed * (random.chance(0.9) ? 0.05 + 0.9 * random.next() : 1 + random.next());
  // Room for the patient to have read the answer before now.
  const doneAt = Math.min(context.now - 16 * HOUR, nextOpen(at + took) + random.between(1, 40) * MINUTE);
  const claimedAt = Math.max(at + MINUTE, doneAt - random.between(1, 50) * MINUTE);
  const sender = byProxy ? proxyReference(person) : patientReference(person);
  return { kind, name: String(index).padStart(6, '0'), person, sender, at, claimedAt, doneAt, urgent, random };
}

interface ClosedTaskParts {
  readonly code: TaskCode;
  readonly status: 'completed' | 'rejected';
  readonly focus: string;
  readonly pool: PoolRole;
  readonly by: StaffMember;
  readonly requester?: string;
  readonly more: { readonly [element: string]: Json };
}

/** Its Task: owner, when work on it began and ended, and what came of it. */
export function closedTask(item: ClosedItem, parts: ClosedTaskParts): Resource {
  return task({
    ...parts,
    id: `task-closed-${item.name}`,
    opId: item.random.uuid(),
    priority: item.urgent ? 'urgent' : 'routine',
    patient: patientReference(item.person),
    requester: parts.requester ?? item.sender,
    owner: staffReference(parts.by),
    authoredAt: item.at,
    modifiedAt: item.doneAt,
    due: dueAt(item.kind, item.at, item.urgent),
    labels: item.person.restricted ? ['R'] : [],
    more: { executionPeriod: { start: iso(item.claimedAt), end: iso(item.doneAt) }, ...parts.more },
  });
}

/** Who did it, to what, and which act it was (WIRE: approve, RELEASE, HOLD). */
export function provenance(item: ClosedItem, target: string, by: StaffMember, activity: Json): Resource {
  return {
    resourceType: 'Provenance',
    id: `provenance-${item.name}`,
    meta: metaOf(item.doneAt, item.person.restricted ? ['R'] : []),
    target: [referenceTo(target)],
    recorded: iso(item.doneAt),
    activity,
    agent: [{ who: staffReference(by) }],
  };
}

/** What the practice wrote to whoever asked, about a request or a report. */
export function answer(item: ClosedItem, about: string, by: StaffMember, text: string): Resource {
  return {
    resourceType: 'Communication',
    id: `answer-${item.name}`,
    meta: metaOf(item.doneAt, item.person.restricted ? ['R'] : []),
    identifier: [{ system: 'urn:portaldesk:op', value: item.random.uuid() }],
    status: 'completed',
    subject: referenceTo(patientReference(item.person)),
    about: [referenceTo(about)],
    sender: staffReference(by),
    recipient: [referenceTo(item.sender)],
    sent: iso(item.doneAt),
    received: iso(item.doneAt + item.random.between(2, 600) * MINUTE),
    payload: [{ contentString: text }],
  };
}
