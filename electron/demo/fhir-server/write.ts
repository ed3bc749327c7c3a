import { randomUUID } from 'node:crypto';
import { authorOf, maySee, type Principal, refusalOf } from './access.ts';
import { atomically, findCurrent, type PortalDatabase, saveVersion, type Version } from './database.ts';
import { dateRange } from './date-range.ts';
import { isArray, isObject, type JsonObject, type JsonValue, objectIn, parseJson, stringIn } from './json.ts';
import { applyJsonPatch } from './json-patch.ts';
import { memberText, repeatedKey, setMember } from './json-text.ts';
import { refuse } from './problem.ts';
import { findPage } from './search.ts';
import { parseSearch } from './search-query.ts';

/** What every act needs: where, who, when (milliseconds, stamped before the commit), and which request it belongs to. */
export interface ActContext {
  readonly database: PortalDatabase;
  readonly baseUrl: string;
  readonly principal: Principal;
  readonly requestId: string;
  readonly now: number;
  readonly newId: () => string;
}

export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifNoneExist?: string | undefined;
}

export interface WriteResult {
  /** 200 changed or already there, 201 created, 204 deleted. */
  readonly status: 200 | 201 | 204;
  readonly version: Version;
}

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

function hasEmptyArray(value: JsonValue | undefined): boolean {
  if (isArray(value)) return value.length === 0 || value.some(hasEmptyArray);
  return isObject(value) && Object.values(value).some(hasEmptyArray);
}

/** Parses a resource and checks what this server insists on: the type, no repeated names, no empty arrays (invalid in FHIR). */
function parseResource(text: string, type: string): JsonObject {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    return refuse(400, 'structure', 'The body is not JSON');
  }
  if (!isObject(value)) return refuse(400, 'structure', 'A resource is a JSON object');
  if (value.resourceType !== type) return refuse(400, 'invalid', `Expected a ${type}, got ${JSON.stringify(value.resourceType)}`);
  const repeated = repeatedKey(text) ?? repeatedKey(memberText(text, 'meta') ?? '{}');
  if (repeated !== undefined) return refuse(400, 'structure', `"${repeated}" occurs twice`);
  if (hasEmptyArray(value)) return refuse(422, 'invalid', 'An array may not be empty: leave the element out');
  return value;
}

/** The text as received, with the server's own id, version and time set into it and nothing else changed. */
export function stampText(text: string, id: string, version: number, lu: number): string {
  const meta = setMember(memberText(text, 'meta') ?? '{}', 'lastUpdated', `"${new Date(lu).toISOString()}"`);
  return setMember(setMember(text, 'meta', setMember(meta, 'versionId', `"${version}"`)), 'id', JSON.stringify(id));
}

/** The one place that stores a version: asks for permission, numbers it, stamps it. */
function store(context: ActContext, type: string, id: string, method: Method, text: string | null): WriteResult {
  const { database, principal } = context;
  const current = findCurrent(database, type, id);
  const before = current?.json == null ? undefined : objectIn(parseJson(current.json));
  const version = (current?.version ?? 0) + 1;
  // A version is never older than the one it replaces, even when its commit was overtaken
  const lu = Math.max(context.now, current?.lu ?? 0);
  const json = text === null ? null : stampText(text, id, version, lu);
  const after = json === null ? undefined : objectIn(parseJson(json));
  const refusal = refusalOf(principal, { method, type, before, after });
  if (refusal !== undefined) return refuse(403, 'forbidden', refusal);
  const next: Version = { type, id, version, lu, json };
  saveVersion(database, { ...next, method, author: authorOf(principal), requestId: context.requestId }, after, context.baseUrl);
  if (json === null) return { status: 204, version: next };
  return { status: before === undefined ? 201 : 200, version: next };
}

/** The version number an ETag names: `W/"3"`, `"3"` and `3` are alike. */
export function versionOf(etag: string): string {
  return etag.trim().replace(/^W\//, '').replaceAll('"', '');
}

function checkMatch(type: string, id: string, current: Version | undefined, ifMatch: string | undefined): void {
  const exists = current !== undefined && current.json !== null;
  if (ifMatch === undefined) {
    if (exists) refuse(428, 'required', `${type}/${id} exists: say which version you saw with If-Match`);
    return;
  }
  if (!exists) refuse(412, 'conflict', `${type}/${id} does not exist, so its version cannot match`);
  if (versionOf(ifMatch) !== String(current?.version)) {
    refuse(412, 'conflict', `${type}/${id} has changed: it is at version ${current?.version}`, {
      headers: { ETag: `W/"${current?.version}"` },
    });
  }
}

/** The matches of a conditional create or reference, at most two. */
export function findByCriteria(context: ActContext, type: string, criteria: string): readonly Version[] {
  const parameters = [...new URLSearchParams(criteria.replace(/^\?/, ''))];
  if (parameters.length === 0) return refuse(400, 'required', 'A condition needs at least one search parameter');
  return findPage(context.database, context.principal, { ...parseSearch(type, parameters, true), count: 2 }).matches;
}

/** POST: a new id; with If-None-Exist nothing is made when one is there (200), and several there are refused (412). */
export function createResource(
  context: ActContext,
  type: string,
  text: string,
  conditions: Preconditions,
  id = context.newId(),
): WriteResult {
  parseResource(text, type);
  if (conditions.ifNoneExist !== undefined) {
    const [existing, second] = findByCriteria(context, type, conditions.ifNoneExist);
    if (second) return refuse(412, 'multiple-matches', `Several resources match ${type}?${conditions.ifNoneExist}`);
    if (existing) return { status: 200, version: existing };
  }
  return store(context, type, id, 'POST', text);
}

/** PUT: creates under the client's id, or replaces the version named by If-Match (428 without, 412 when another is current). */
export function putResource(context: ActContext, type: string, id: string, text: string, conditions: Preconditions): WriteResult {
  const resource = parseResource(text, type);
  if (resource.id !== undefined && resource.id !== id) refuse(400, 'invalid', `The body's id is not ${id}`);
  const current = findCurrent(context.database, type, id);
  if (conditions.ifNoneMatch !== undefined) {
    const taken = current !== undefined && current.json !== null;
    if (taken && (conditions.ifNoneMatch.trim() === '*' || versionOf(conditions.ifNoneMatch) === String(current.version))) {
      refuse(412, 'conflict', `${type}/${id} exists already`, { headers: { ETag: `W/"${current.version}"` } });
    }
  }
  if (current?.json && !maySee(context.principal, type, objectIn(parseJson(current.json)))) {
    refuse(403, 'forbidden', 'This record is not yours to change.');
  }
  checkMatch(type, id, current, conditions.ifMatch);
  return store(context, type, id, 'PUT', text);
}

function mustExist(context: ActContext, type: string, id: string): string {
  const current = findCurrent(context.database, type, id);
  if (current === undefined) return refuse(404, 'not-found', `${type}/${id} does not exist`);
  if (current.json === null) return refuse(410, 'deleted', `${type}/${id} was deleted`);
  if (!maySee(context.principal, type, objectIn(parseJson(current.json)))) return refuse(404, 'not-found', `${type}/${id} does not exist`);
  return current.json;
}

/** PATCH with a JSON Patch, on the version named by If-Match. */
export function patchResource(context: ActContext, type: string, id: string, patchText: string, conditions: Preconditions): WriteResult {
  const text = mustExist(context, type, id);
  checkMatch(type, id, findCurrent(context.database, type, id), conditions.ifMatch);
  const patched = applyJsonPatch(text, patchText);
  const resource = parseResource(patched, type);
  if (stringIn(resource.id) !== id) refuse(422, 'invalid', 'A patch may not change the id');
  return store(context, type, id, 'PATCH', patched);
}

/** DELETE: what is not there stays not there (204). If-Match is honoured when given. */
export function deleteResource(context: ActContext, type: string, id: string, conditions: Preconditions): WriteResult {
  const current = findCurrent(context.database, type, id);
  if (current === undefined || current.json === null) {
    const version = current ?? { type, id, version: 0, lu: context.now, json: null };
    return { status: 204, version };
  }
  if (conditions.ifMatch !== undefined) checkMatch(type, id, current, conditions.ifMatch);
  return store(context, type, id, 'DELETE', null);
}

/** The current text of a resource this principal may see; 404, or 410 after a delete. */
export function readResource(context: ActContext, type: string, id: string): Version {
  const text = mustExist(context, type, id);
  const current = findCurrent(context.database, type, id);
  return current ?? { type, id, version: 0, lu: 0, json: text };
}

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
