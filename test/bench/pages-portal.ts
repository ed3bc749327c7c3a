import type { StoredResource } from '../../electron/store/mirror/mirror.ts';
import type { FhirGateway, ServerPage } from '../../electron/sync/engine/fhir-gateway.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const pageSize = 200;
const base = 'https://portal.invalid/fhir';

type Page = Result<ServerPage, never>;

/** A portal that has its pages ready, so that what is timed is only what the desktop does with them. Each type oldest first, as a server sorts it. */
export function pagesPortal(resources: readonly StoredResource[], serverDate: string): FhirGateway {
  const byType = Object.groupBy(resources, ({ type }) => type);
  for (const ofType of Object.values(byType)) ofType?.sort((a, b) => Date.parse(a.lastUpdated) - Date.parse(b.lastUpdated));

  function pageAt(type: string, first: number): Page {
    const all = byType[type] ?? [];
    const next = first + pageSize < all.length ? `${base}/${type}?from=${first + pageSize}` : null;
    return ok({ resources: all.slice(first, first + pageSize), unfiled: [], next, total: null, serverDate });
  }
  return {
    search: async (type) => pageAt(type, 0),
    page: async (type, url) => pageAt(type, Number(new URL(url).searchParams.get('from'))),
    batchSearch: async () => ok(undefined),
    read: async () => err({ kind: 'gone', status: 404, issue: 'not in these pages' }),
    send: async () => err({ kind: 'gone', status: 404, issue: 'takes no changes' }),
  };
}
