import type { Result } from '../../../shared/result.ts';
import type { UnreadableResource } from '../../fhir/mappers/read-resource.ts';
import type { WriteDb } from '../../store/db.ts';

/** What became of one resource in the projections. */
export interface Projected {
  /** False: left out of the screens by a rule, and counted. */
  readonly shown: boolean;
  /** References for whose arrival or change it must be projected again. */
  readonly dependsOn: readonly string[];
  /** Items with this focus (`Type/id`) show something of it. */
  readonly focus: string | null;
}

/** Saves the rows of one resource. The mirror holds it already. */
export type Projector = (db: WriteDb, resource: object) => Result<Projected, UnreadableResource>;

export const plainlyShown: Projected = { shown: true, dependsOn: [], focus: null };
export const filteredOut: Projected = { shown: false, dependsOn: [], focus: null };
