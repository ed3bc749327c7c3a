import { randomUUID } from 'node:crypto';
import { atomically, findCurrent, type PortalDatabase, saveVersion } from './database.ts';
import { dateRange } from './date-range.ts';
import { type JsonObject, objectIn, parseJson, stringIn } from './json.ts';
import { stampText } from './write.ts';

function isJson(resource: object | string): resource is JsonObject {
  return typeof resource === 'object';
}

interface Stamped {
  readonly json: string;
  readonly resource: JsonObject;
}

/** A text keeps its characters; a value is printed once and not parsed again, which halves the time of a large load. */
function stamped(given: object | string, id: string, version: number, lu: number): Stamped {
  if (isJson(given)) {
    const meta = { ...objectIn(given.meta), versionId: String(version), lastUpdated: new Date(lu).toISOString() };
    const resource = { ...given, id, meta };
    return { json: JSON.stringify(resource), resource };
  }
  const json = stampText(String(given), id, version, lu);
  return { json, resource: objectIn(parseJson(json)) };
}

function loadOne(database: PortalDatabase, baseUrl: string, now: number, given: object | string): void {
  const head = isJson(given) ? given : objectIn(parseJson(String(given)));
  const type = stringIn(head.resourceType);
  if (type === undefined) throw new Error('A resource to load has no resourceType');
  const id = stringIn(head.id) ?? randomUUID();
  const current = findCurrent(database, type, id);
  const givenAt = stringIn(objectIn(head.meta).lastUpdated);
  const lu = Math.max(givenAt === undefined ? now : (dateRange(givenAt)?.low ?? now), current?.lu ?? 0);
  const version = (current?.version ?? 0) + 1;
  const { json, resource } = stamped(given, id, version, lu);
  const method = version === 1 ? 'POST' : 'PUT';
  saveVersion(database, { type, id, version, lu, json, method, author: 'system', requestId: 'load' }, resource, baseUrl);
}

/**
 * Stores resources in one transaction, past permissions and checks; keeps given ids and `meta.lastUpdated`. A text is stored as
 * written, so that its decimals keep their digits. Throws (and stores nothing) when one has no resourceType.
 */
export function loadResources(database: PortalDatabase, baseUrl: string, now: number, resources: Iterable<object | string>): void {
  atomically(database, () => {
    for (const resource of resources) loadOne(database, baseUrl, now, resource);
  });
}
