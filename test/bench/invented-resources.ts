import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';
import type { StoredResource } from '../../electron/store/mirror/mirror.ts';
import { pulledTypes } from '../../electron/sync/pull/resource-types.ts';

const seed = 2026;
/** The practice's dates hang on it, so it is fixed: the same resources in every run. */
export const inventedNow = '2026-11-20T02:00:00Z';

const isPulled = (type: string): boolean => pulledTypes.some((pulled) => pulled === type);

/**
 * The first `count` resources that a desktop would pull of an invented practice of about that size: a tenth about people, a quarter about open
 * work, the rest finished. Bodies as a server would send them, first versions.
 */
export function inventResources(count: number): readonly StoredResource[] {
  const resources: StoredResource[] = [];
  const practice = generatePractice({
    seed,
    now: inventedNow,
    enrolled: Math.max(60, Math.round(count / 60)),
    openItems: Math.max(40, Math.round(count / 25)),
    historyItems: count,
  });
  for (const chunk of practice) {
    for (const resource of chunk.resources) {
      if (resources.length === count) return resources;
      const { resourceType: type, id, meta } = resource;
      if (!isPulled(type)) continue;
      const { lastUpdated } = meta;
      const body = JSON.stringify({ ...resource, meta: { ...meta, versionId: '1' } });
      resources.push({ type, id, versionId: '1', lastUpdated, body });
    }
  }
  return resources;
}
