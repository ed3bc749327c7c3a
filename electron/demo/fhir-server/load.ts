import { randomUUID } from 'node:crypto';
import { atomically, findCurrent, type PortalDatabase, saveVersion } from './database.ts';
import { dateRange } from './date-range.ts';
import { type JsonObject, objectIn, parseJson, stringIn } from './json.ts';
import { stampText } from './write.ts';

function textOf(resource: object | string): string {
  return typeof resource === 'string' ? resource : JSON.stringify(resource);
}

function loadOne(database: PortalDatabase, baseUrl: string, now: number, text: string): void {
  const resource: JsonObject = objectIn(parseJson(text));
  const type = stringIn(resource.resourceType);
  if (type === undefined) throw new Error('A resource to load has no resourceType');
  const id = stringIn(resource.id) ?? randomUUID();
  const current = findCurrent(database, type, id);
  const given = stringIn(objectIn(resource.meta).lastUpdated);
  const lu = Math.max(given === undefined ? now : (dateRange(given)?.low ?? now), current?.lu ?? 0);
  const version = (current?.version ?? 0) + 1;
  const json = stampText(text, id, version, lu);
  saveVersion(
    database,
    { type, id, version, lu, json, method: version === 1 ? 'POST' : 'PUT', author: 'system', requestId: 'load' },
    objectIn(parseJson(json)),
    baseUrl,
  );
}

/**
 * Stores resources in one transaction, past permissions and checks; keeps given ids and `meta.lastUpdated`. A text is stored as
 * written, so that its decimals keep their digits. Throws (and stores nothing) when one has no resourceType.
 */
export function loadResources(database: PortalDatabase, baseUrl: string, now: number, resources: Iterable<object | string>): void {
  atomically(database, () => {
    for (const resource of resources) loadOne(database, baseUrl, now, textOf(resource));
  });
}
