import type { WriteDb } from '../../electron/store/db.ts';
import { inOneProjection } from '../../electron/sync/project/projection.ts';

/** A resource without its id: a pattern for several. */
export type Bare = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly meta?: object };
type Resource = Bare & { readonly id: string };

const clock = { now: () => Date.parse('2026-11-20T02:00:00Z') };

/** Takes resources as if a page of the server had brought them, in one transaction. */
export function take(db: WriteDb, ...resources: readonly Resource[]): void {
  inOneProjection({ db, clock }, (projection) => {
    for (const resource of resources) {
      const { resourceType: type, id } = resource;
      const [versionId, lastUpdated] = ['1', '2026-11-20T01:00:00Z'];
      const body = JSON.stringify({ ...resource, meta: { ...resource.meta, versionId, lastUpdated } });
      projection.keep({ type, id, versionId, lastUpdated, body });
    }
  });
}

/** The server says that the resource is gone. */
export function takeAway(db: WriteDb, type: string, id: string): void {
  inOneProjection({ db, clock }, (projection) => projection.remove(type, id));
}
