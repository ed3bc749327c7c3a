import { z } from 'zod';
import type { Message } from '../../../shared/domain/thread.ts';
import type { Instant } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import {
  codeIn,
  identifierIn,
  idIn,
  parseResource,
  refIn,
  type SenderKind,
  senderKindOf,
  systems,
  textOf,
  unreadable,
} from './datatype-accessors.ts';
import { base, CodeableConcept, dateTime, Identifier, list, Reference, toInstant } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Attachment = z.object({ contentType: z.string().optional(), title: z.string().optional(), size: z.number().int().min(0).optional() });

const Resource = z.object({
  resourceType: z.literal('Communication'),
  ...base,
  identifier: list(Identifier),
  partOf: list(Reference),
  about: list(Reference),
  status: z.string(),
  category: list(CodeableConcept),
  topic: CodeableConcept.optional(),
  subject: Reference.optional(),
  sender: Reference.optional(),
  recipient: list(Reference),
  sent: dateTime.optional(),
  received: dateTime.optional(),
  payload: list(
    z.object({ contentString: z.string().optional(), contentAttachment: Attachment.optional(), contentReference: Reference.optional() }),
  ),
});
type Resource = z.infer<typeof Resource>;

interface Common {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string | null;
  /** Operation that made it, where it is one of Portal Desk's. */
  readonly opId: string | null;
}

interface Sender {
  readonly senderKind: SenderKind;
  readonly senderRef: string | null;
  readonly senderName: string | null;
}

/** A row of `thread`: the header that messages hang on. */
export interface ProjectedThread extends Common, Sender {
  readonly is: 'thread';
  readonly topic: string;
  readonly startedAt: Instant | null;
}

/** A row of `message`. A message withdrawn by its sender keeps its place and loses its words. */
export interface ProjectedMessage extends Common, Sender {
  readonly is: 'message';
  readonly threadId: string;
  readonly sentAt: Instant;
  readonly body: string;
  readonly attachments: Message['attachments'];
  readonly readAt: Instant | null;
  readonly withdrawn: boolean;
}

/** A row of `internal_note`: never visible to a patient. */
export interface ProjectedNote extends Common {
  readonly is: 'note';
  /** Null: a note on the patient. */
  readonly taskId: string | null;
  readonly writtenAt: Instant;
  readonly byRef: string | null;
  readonly byName: string | null;
  readonly body: string;
}

/** A Communication that is shown nowhere by itself, such as the comment on a released result. */
export interface OtherCommunication extends Common {
  readonly is: 'other';
  /** `Type/id` of what it is about. */
  readonly about: readonly string[];
}

export type ProjectedCommunication = ProjectedThread | ProjectedMessage | ProjectedNote | OtherCommunication;

function senderOf({ sender }: Resource): Sender {
  return { senderKind: senderKindOf(sender), senderRef: refIn(sender), senderName: sender?.display ?? null };
}

function bodyOf({ payload }: Resource): string {
  return payload.flatMap((each) => (each.contentString === undefined ? [] : [each.contentString])).join('\n\n');
}

function attachmentsOf({ payload }: Resource): Message['attachments'] {
  return payload.flatMap(({ contentAttachment: each }) =>
    each
      ? [
          {
            title: each.title ?? 'Attachment',
            contentType: each.contentType ?? 'application/octet-stream',
            sizeBytes: each.size ?? null,
          },
        ]
      : [],
  );
}

function toMessage(resource: Resource, common: Common, threadId: string): ProjectedMessage | undefined {
  const sent = resource.sent ?? resource.meta.lastUpdated;
  if (!sent) return undefined;
  const withdrawn = resource.status === 'entered-in-error';
  return {
    is: 'message',
    ...common,
    ...senderOf(resource),
    threadId,
    sentAt: toInstant(sent),
    body: withdrawn ? '' : bodyOf(resource),
    attachments: withdrawn ? [] : attachmentsOf(resource),
    readAt: resource.received === undefined ? null : toInstant(resource.received),
    withdrawn,
  };
}

function toNote(resource: Resource, common: Common, taskId: string | null): ProjectedNote | undefined {
  const written = resource.sent ?? resource.meta.lastUpdated;
  if (!written) return undefined;
  const { sender } = resource;
  return {
    is: 'note',
    ...common,
    taskId,
    writtenAt: toInstant(written),
    byRef: refIn(sender),
    byName: sender?.display ?? null,
    body: bodyOf(resource),
  };
}

function isHeader(resource: Resource, kind: string | null): boolean {
  return kind === 'message' ? resource.partOf.length === 0 : resource.topic !== undefined && resource.payload.length === 0;
}

/** FHIR R4 Communication → thread header, message, internal note, or none of these (WIRE, Message thread; Medplum's pattern is read too). */
export function toCommunication(resource: unknown): Result<ProjectedCommunication, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const common: Common = {
    id: value.id,
    versionId: value.meta.versionId,
    patientId: idIn(value.subject, 'Patient'),
    opId: identifierIn(value.identifier, systems.op),
  };
  const other: OtherCommunication = { is: 'other', ...common, about: value.about.map(refIn).filter((ref) => ref !== null) };
  const kind = value.category.map((each) => codeIn(each, systems.thread)).find((code) => code !== null) ?? null;
  const taskId = value.about.map((each) => idIn(each, 'Task')).find((id) => id !== null);
  if (kind === 'internal-note') {
    const onPatient = value.about.some((each) => idIn(each, 'Patient') !== null && idIn(each, 'Patient') === common.patientId);
    if (!taskId && !onPatient) return unreadable(resource, 'The internal note names no item.');
    const note = toNote(value, common, taskId ?? null);
    return note ? ok(note) : unreadable(resource, 'The internal note has no time.');
  }
  const threadId = value.partOf.map((each) => idIn(each, 'Communication')).find((id) => id !== null);
  if (threadId !== undefined && threadId !== null) {
    if (value.status === 'preparation') return ok(other);
    const message = toMessage(value, common, threadId);
    return message ? ok(message) : unreadable(resource, 'The message has no time.');
  }
  if (!isHeader(value, kind)) return ok(other);
  const startedAt = value.sent === undefined ? null : toInstant(value.sent);
  return ok({ is: 'thread', ...common, ...senderOf(value), topic: textOf(value.topic) ?? '', startedAt });
}
