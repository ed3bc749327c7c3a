import { idIn } from '../mappers/datatype-accessors.ts';
import { authorOf, createEntry, type EntryContext, type RequestEntry, taskRefOf } from './request-entry.ts';
import { referenceAt } from './task-entry.ts';

const thread = 'urn:portaldesk:thread';

/** The label that keeps a resource from patients and their proxies (WIRE, Result release). */
export const notForPatient = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' } as const;

function subject({ queued }: EntryContext): { readonly subject?: { readonly reference: string } } {
  return queued.patientId === null ? {} : { subject: { reference: `Patient/${queued.patientId}` } };
}

/** Who wrote to us, where that was the patient or somebody acting for them; otherwise, as where another patient is named, the patient (SAFETY I7). */
function recipientOf(
  writing: EntryContext,
  body: string | undefined,
  element: 'sender' | 'requester',
): { readonly recipient?: readonly object[] } {
  const reference = body === undefined ? undefined : referenceAt(body, element);
  const isPatientSide =
    reference !== undefined &&
    (idIn({ reference }, 'Patient') === (writing.queued.patientId ?? '') || idIn({ reference }, 'RelatedPerson') !== null);
  const patient = writing.queued.patientId === null ? undefined : `Patient/${writing.queued.patientId}`;
  const recipient = isPatientSide ? reference : patient;
  return recipient === undefined ? {} : { recipient: [{ reference: recipient }] };
}

/** A reply in the thread, to whoever opened it. */
export function messageEntry(
  writing: EntryContext,
  message: { readonly messageId: string; readonly threadId: string; readonly inResponseTo: string | null; readonly text: string },
): RequestEntry {
  const header = writing.base.get(`Communication/${message.threadId}`)?.body;
  return createEntry(writing, 'Communication', message.messageId, writing.queued.opId, {
    partOf: [{ reference: `Communication/${message.threadId}` }],
    ...(message.inResponseTo !== null && { inResponseTo: [{ reference: `Communication/${message.inResponseTo}` }] }),
    status: 'completed',
    ...subject(writing),
    sender: authorOf(writing),
    ...recipientOf(writing, header, 'sender'),
    sent: writing.queued.createdAt,
    payload: [{ contentString: message.text }],
  });
}

/** A note inside the practice, about an item's Task or a patient: labelled, addressed to the practice, never to a patient. */
export function noteEntry(writing: EntryContext, about: string, noteId: string, text: string): RequestEntry {
  return createEntry(writing, 'Communication', noteId, writing.queued.opId, {
    meta: { security: [notForPatient] },
    status: 'completed',
    category: [{ coding: [{ system: thread, code: 'internal-note' }] }],
    about: [{ reference: about }],
    ...subject(writing),
    sender: authorOf(writing),
    recipient: [{ reference: writing.context.organisationRef }],
    sent: writing.queued.createdAt,
    payload: [{ contentString: text }],
  });
}

/** What the patient is told of a decision on their repeat request. */
export function answerEntry(
  writing: EntryContext,
  taskBody: string,
  answer: { readonly id: string; readonly opId: string; readonly text: string },
): RequestEntry {
  return createEntry(writing, 'Communication', answer.id, answer.opId, {
    status: 'completed',
    category: [{ coding: [{ system: thread, code: 'answer' }] }],
    about: [{ reference: taskRefOf(writing.queued) }],
    ...subject(writing),
    sender: authorOf(writing),
    ...recipientOf(writing, taskBody, 'requester'),
    sent: writing.queued.createdAt,
    payload: [{ contentString: answer.text }],
  });
}

/** The clinician's words about a released result. */
export function commentEntry(
  writing: EntryContext,
  comment: { readonly id: string; readonly opId: string; readonly reportId: string; readonly text: string },
): RequestEntry {
  const report = { reference: `DiagnosticReport/${comment.reportId}` };
  return createEntry(writing, 'Communication', comment.id, comment.opId, {
    status: 'completed',
    category: [{ coding: [{ system: thread, code: 'result-comment' }] }],
    about: [report],
    ...subject(writing),
    sender: authorOf(writing),
    ...recipientOf(writing, undefined, 'sender'),
    sent: writing.queued.createdAt,
    payload: [{ contentString: comment.text }, { contentReference: report }],
  });
}
