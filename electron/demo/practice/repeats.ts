import { type Json, type Resource, referenceTo } from './fhir-parts.ts';
import { asksForOtherBrand, isDuplicate, type OpenItem } from './open-item.ts';
import type { Person } from './people.ts';
import { type PracticeContext, patientReference, pharmacyOf } from './practice-context.ts';
import { iso } from './practice-time.ts';
import { medicationRequest } from './prescription.ts';
import { type Random, randomFor } from './random.ts';
import { chooseItems, REQUEST_NOTES, type RequestedItem, URGENT_NOTES } from './repeat-choice.ts';
import { openTask } from './task.ts';

interface ProposalParts {
  /** Name of the request; the proposals are `<name>-1`, `<name>-2` … */
  readonly name: string;
  readonly person: Person;
  readonly sender: string;
  readonly at: number;
  readonly updatedAt: number;
  readonly note?: string;
  readonly statusOf: (place: number) => { readonly [element: string]: Json };
}

/** What the patient asked for: one proposal per medicine, tied together by `groupIdentifier`. */
export function proposals(context: PracticeContext, items: readonly RequestedItem[], parts: ProposalParts, random: Random): Resource[] {
  const group = random.uuid();
  const pharmacy = pharmacyOf(context, parts.person);
  return items.map(({ medicine, dose, orderId }, place) =>
    medicationRequest('proposal', false, pharmacy, {
      id: `${parts.name}-${place + 1}`,
      opId: random.uuid(),
      medicine,
      dose,
      subject: patientReference(parts.person),
      authoredAt: parts.at,
      updatedAt: parts.updatedAt,
      restricted: parts.person.restricted,
      more: {
        ...parts.statusOf(place),
        requester: referenceTo(parts.sender),
        ...(items.length > 1 && { groupIdentifier: { system: 'urn:portaldesk:op', value: group } }),
        ...(orderId && { priorPrescription: referenceTo(`MedicationRequest/${orderId}`) }),
        ...(parts.note && place === 0 && { note: [{ authorReference: referenceTo(parts.sender), time: iso(parts.at), text: parts.note }] }),
      },
    }),
  );
}

export function itemInputs(requests: readonly Resource[]): Json {
  return requests.map(({ id }) => ({ type: { text: 'item' }, valueReference: referenceTo(`MedicationRequest/${id}`) }));
}

/** An open repeat request: the proposals and their Task. The orders they repeat belong to the person's record. */
export function openRepeat(context: PracticeContext, item: OpenItem): Resource[] {
  const { random, person } = item;
  const duplicate = isDuplicate(item);
  const choice = randomFor(context.seed, 'medicines', duplicate ? item.place - 1 : item.place);
  const items = chooseItems(context, person, choice, { otherBrand: asksForOtherBrand(item), one: duplicate });
  const place = String(item.place).padStart(6, '0');
  const name = `proposal-${place}`;
  const note = item.priority !== 'routine' ? random.pick(URGENT_NOTES) : random.chance(0.35) ? random.pick(REQUEST_NOTES) : undefined;
  const requests = proposals(
    context,
    items,
    { name, person, sender: item.sender, at: item.at, updatedAt: item.at, ...(note && { note }), statusOf: () => ({ status: 'draft' }) },
    random,
  );
  const opId = random.uuid();
  const more = { input: itemInputs(requests) };
  const focus = `MedicationRequest/${name}-1`;
  return [...requests, openTask(context, item, { id: `task-repeat-${place}`, opId, code: 'repeat-rx', focus, pool: 'gp', more })];
}
