import { type Json, type Label, metaOf, opIdentifier, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import { addition, type Correspondents, exchangeFor, type Letter, letterFor } from './message-text.ts';
import { claimant, type OpenItem } from './open-item.ts';
import type { Person } from './people.ts';
import { gpOf, type PracticeContext, patientReference, personAt, staffReference } from './practice-context.ts';
import { HOUR, iso, MINUTE, nextOpen } from './practice-time.ts';
import type { Random } from './random.ts';
import { PRACTICE } from './staff.ts';
import { openTask } from './task.ts';

/** One message of a thread, oldest first. `by` is the patient's side or a staff role reference. */
export interface Turn {
  readonly by: 'patient' | { readonly staff: Json };
  readonly at: number;
  readonly text: string;
  readonly readAt?: number;
}

interface ThreadParts {
  readonly id: string;
  readonly topic: string;
  readonly person: Person;
  readonly sender: string;
  readonly status: 'in-progress' | 'completed';
  readonly turns: readonly [Turn, ...Turn[]];
}

export function correspondents(context: PracticeContext, person: Person, sender: string): Correspondents {
  const byProxy = sender.startsWith('RelatedPerson/') && person.proxy !== undefined;
  const writer = byProxy ? personAt(context, person.proxy.person).given : person.given;
  return { patient: person, writer, writes: byProxy ? person.proxy.kind : 'self', doctor: `Dr ${gpOf(context, person).family}` };
}

/** A thread in the form of WIRE: a header that holds topic and people, and messages that are `partOf` it. */
export function threadResources(parts: ThreadParts, random: Random): Resource[] {
  const labels: readonly Label[] = parts.person.restricted ? ['R'] : [];
  const subject = referenceTo(patientReference(parts.person));
  const reference = `Communication/${parts.id}`;
  const [first] = parts.turns;
  const header: Resource = {
    resourceType: 'Communication',
    id: parts.id,
    meta: metaOf(first.at, labels),
    identifier: opIdentifier(random.uuid()),
    status: parts.status,
    category: [{ coding: [{ system: SYSTEM.thread, code: 'message' }] }],
    topic: { text: parts.topic },
    subject,
    sender: referenceTo(parts.sender),
    recipient: [referenceTo(PRACTICE)],
    sent: iso(first.at),
  };
  const messages = parts.turns.map(
    (turn, place): Resource => ({
      resourceType: 'Communication',
      id: `${parts.id}-${place + 1}`,
      meta: metaOf(turn.readAt ?? turn.at, labels),
      identifier: opIdentifier(random.uuid()),
      status: 'completed',
      partOf: [referenceTo(reference)],
      ...(place > 0 && { inResponseTo: [referenceTo(`${reference}-${place}`)] }),
      subject,
      sender: turn.by === 'patient' ? referenceTo(parts.sender) : turn.by.staff,
      recipient: [referenceTo(turn.by === 'patient' ? PRACTICE : parts.sender)],
      sent: iso(turn.at),
      ...(turn.readAt !== undefined && { received: iso(turn.readAt) }),
      payload: [{ contentString: turn.text }],
    }),
  );
  return [header, ...messages];
}

/** One to four messages; the last is the patient's and nobody has answered it. */
function openTurns(context: PracticeContext, item: OpenItem, letter: Letter, who: Correspondents): [Turn, ...Turn[]] {
  const { random, at } = item;
  const draw = random.next();
  const readAt = item.claimed ? Math.min(context.now - MINUTE, at + random.between(1, 40) * MINUTE) : undefined;
  const unanswered = (text: string, sentAt: number): Turn => ({
    by: 'patient',
    at: sentAt,
    text,
    ...(readAt && { readAt: Math.max(readAt, sentAt) }),
  });
  const addedAt = Math.min(context.now - 30_000, at + random.between(1, 20) * MINUTE);
  const added = (): Turn => unanswered(addition(who, random), addedAt);
  if (draw < 0.5 || letter.alone) return [unanswered(letter.text, at)];
  if (draw < 0.7) return [unanswered(letter.text, at), added()];

  const firstAt = at - random.between(20, 60) * HOUR;
  const replyAt = Math.min(at - 10 * MINUTE, nextOpen(firstAt + random.between(1, 12) * HOUR) + random.between(1, 55) * MINUTE);
  const first: Turn = { by: 'patient', at: firstAt, text: letter.text, readAt: Math.max(firstAt, replyAt - 4 * MINUTE) };
  const { reply, answer } = exchangeFor(letter.pool, who, random);
  const staff = staffReference(claimant(context, item, letter.pool));
  const replied: Turn = { by: { staff }, at: replyAt, text: reply, readAt: Math.max(replyAt, at - 5 * MINUTE) };
  const answered = unanswered(answer, at);
  return draw < 0.88 ? [first, replied, answered] : [first, replied, answered, added()];
}

/** An open message: the thread and its triage Task. The clock runs from the first message that nobody answered. */
export function openMessage(context: PracticeContext, item: OpenItem): Resource[] {
  const who = correspondents(context, item.person, item.sender);
  const letter = letterFor(item.place, item.priority !== 'routine', who, item.random);
  const name = String(item.place).padStart(6, '0');
  const id = `thread-${name}`;
  const turns = openTurns(context, item, letter, who);
  const opId = item.random.uuid();
  const thread = threadResources(
    { id, topic: letter.topic, person: item.person, sender: item.sender, status: 'in-progress', turns },
    item.random,
  );
  const modifiedAt = turns[turns.length - 1]?.at ?? item.at;
  const focus = `Communication/${id}`;
  return [
    ...thread,
    openTask(context, item, { id: `task-message-${name}`, opId, code: 'triage-message', focus, pool: letter.pool, modifiedAt }),
  ];
}
