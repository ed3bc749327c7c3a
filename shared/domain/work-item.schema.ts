import { z } from 'zod';
import { Instant, ItemKey, PatientId, StaffId, TaskId } from '../ids.schema.ts';
import { Pool } from './staff.schema.ts';
import { views } from './work-item.ts';

export const ItemKind = z.enum(['message', 'repeat', 'result']);
export type ItemKind = z.infer<typeof ItemKind>;

/** FHIR R4 request-priority, lowest first. */
export const Priority = z.enum(['routine', 'urgent', 'asap', 'stat']);
export type Priority = z.infer<typeof Priority>;

/** FHIR R4 Task.status values that a triage Task moves through (WIRE, Triage Task). */
export const ItemStatus = z.enum(['requested', 'accepted', 'in-progress', 'on-hold', 'completed', 'cancelled', 'rejected']);
export type ItemStatus = z.infer<typeof ItemStatus>;

export const ItemFlag = z.enum([
  'critical',
  'abnormal',
  'high',
  'low',
  'red-flag',
  'controlled',
  'proxy',
  'restricted',
  'sensitive',
  'amended',
  'unmatched',
]);
export type ItemFlag = z.infer<typeof ItemFlag>;

/** Where an act of ours on the item stands, worst first shown. */
export const PendingState = z.enum(['none', 'waiting', 'sending', 'conflict', 'rejected', 'needs-sign-in']);
export type PendingState = z.infer<typeof PendingState>;

/** One row of a list: all that is needed to recognise and route the item, nothing that needs a second query. */
export const WorkItem = z.object({
  key: ItemKey,
  taskId: TaskId,
  kind: ItemKind,
  patientId: PatientId.nullable(),
  familyName: z.string(),
  givenNames: z.string(),
  nhi: z.string().nullable(),
  subject: z.string(),
  preview: z.string(),
  priority: Priority,
  status: ItemStatus,
  ownerId: StaffId.nullable(),
  ownerName: z.string().nullable(),
  pool: Pool.nullable(),
  arrivedAt: Instant,
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  unread: z.boolean(),
  flags: z.array(ItemFlag),
  pending: PendingState,
  /** meta.versionId of the Task on the server. */
  version: z.string(),
});
export type WorkItem = z.infer<typeof WorkItem>;

export const View = z.enum(views);
export type View = z.infer<typeof View>;
