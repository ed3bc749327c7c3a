import type { StoredResource } from '../../electron/store/mirror/mirror.ts';

/** The same resources under other ids, references with them: another practice's worth of the same shape. */
export function renamed(resources: readonly StoredResource[], prefix: string): readonly StoredResource[] {
  return resources.map((resource) => ({
    ...resource,
    id: prefix + resource.id,
    body: resource.body
      .replace(`"id":"${resource.id}"`, `"id":"${prefix}${resource.id}"`)
      .replaceAll(/"reference":"(\w+)\//g, `"reference":"$1/${prefix}`),
  }));
}
