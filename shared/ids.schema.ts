import { z } from 'zod';
import { itemKeyPattern, opIdPattern } from './ids.ts';

/** FHIR R4 logical id: 1–64 characters of A–Z a–z 0–9 - . (https://hl7.org/fhir/R4/datatypes.html#id). */
const logicalId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);

export const ItemKey = z.string().regex(itemKeyPattern).brand('ItemKey');
export type ItemKey = z.infer<typeof ItemKey>;

/** The Task on the portal server that carries an item's state. */
export const TaskId = logicalId.brand('TaskId');
export type TaskId = z.infer<typeof TaskId>;

export const PatientId = logicalId.brand('PatientId');
export type PatientId = z.infer<typeof PatientId>;

/** A person working in a role: the PractitionerRole's id. It is what owns items and signs acts. */
export const StaffId = logicalId.brand('StaffId');
export type StaffId = z.infer<typeof StaffId>;

/** One intent of one person, made where the act begins. Retrying an act keeps its OpId, so it can take effect once only. */
export const OpId = z.stringFormat('uuid', opIdPattern).brand('OpId');
export type OpId = z.infer<typeof OpId>;

/** `Type/id` of a resource on the portal server. */
export const ResourceRef = z.string().regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/);
export type ResourceRef = z.infer<typeof ResourceRef>;

/**
 * The version of every resource that stood on the screen when a person decided: reference → meta.versionId.
 * An act carries it, the store compares it, the portal server enforces it by If-Match. "What was seen is what is signed" (SAFETY I8).
 */
export const Seen = z.record(ResourceRef, z.string().min(1).max(64));
export type Seen = z.infer<typeof Seen>;

/** An instant, ISO 8601 in UTC with `Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
export type Day = z.infer<typeof Day>;
