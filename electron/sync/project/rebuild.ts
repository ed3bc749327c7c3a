import { setImmediate as yieldToActs } from 'node:timers/promises';
import type { WriteDb } from '../../store/db.ts';
import { mergeWords } from '../../store/lists/word-index.ts';
import { resourcesAfter } from '../../store/mirror/mirror.ts';
import { markRebuilt } from '../../store/open/rebuild.ts';
import { trimLog } from '../../store/open/write-ahead-log.ts';
import { pulledTypes } from '../pull/resource-types.ts';
import { inOneProjection } from './projection.ts';

/** Rows at a time: about 8 ms of work, so that acts stay quick meanwhile. */
const atOnce = 40;

/** Fills the projections from the mirror after they were dropped, without asking the server for anything. Cut short, it begins again at the next start. */
export async function rebuildProjections(deps: { db: WriteDb; clock: { now(): number } }, stopped: () => boolean): Promise<void> {
  for (const type of pulledTypes) {
    let after = '';
    for (;;) {
      if (stopped()) return;
      const slice = resourcesAfter(deps.db, type, after, atOnce);
      const last = slice.at(-1);
      if (!last) break;
      inOneProjection(
        deps,
        (projection) => {
          for (const resource of slice) projection.reproject(resource);
        },
        'refetchable',
      );
      mergeWords(deps.db);
      trimLog(deps.db);
      after = last.id;
      await yieldToActs();
    }
  }
  markRebuilt(deps.db);
}
