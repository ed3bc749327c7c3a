import { z } from 'zod';
import { Instant, Seen } from '../ids.schema.ts';
import { OutboxEntry } from './outbox.schema.ts';
import { Patient } from './patient.schema.ts';
import { RepeatRequest } from './repeat-request.schema.ts';
import { TestResult } from './test-result.schema.ts';
import { InternalNote, Thread } from './thread.schema.ts';
import { WorkItem } from './work-item.schema.ts';

/** What happened to the item, oldest first: arrived, claimed, replied, released … by whom. */
export const ItemEvent = z.object({ at: Instant, by: z.string().nullable(), what: z.string() });
export type ItemEvent = z.infer<typeof ItemEvent>;

const common = {
  item: WorkItem,
  patient: Patient.nullable(),
  /** Versions of everything shown; goes back with each act. */
  seen: Seen,
  notes: z.array(InternalNote),
  /** On the patient, seen beside every item of theirs. */
  patientNotes: z.array(InternalNote),
  /** Our acts on this item that the server has not confirmed. */
  pending: z.array(OutboxEntry),
  events: z.array(ItemEvent),
};

/** What the reading and context panes show of one item. */
export const ItemDetail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), ...common, thread: Thread }),
  z.object({ kind: z.literal('repeat'), ...common, request: RepeatRequest }),
  z.object({ kind: z.literal('result'), ...common, result: TestResult }),
]);
export type ItemDetail = z.infer<typeof ItemDetail>;
