import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isObject, objectIn, parseJson, stringIn, valuesAt } from '../../electron/demo/fhir-server/json.ts';
import { itemTexts, memberText, setMember } from '../../electron/demo/fhir-server/json-text.ts';
import { aPortal, send, walk } from './portal-under-test.ts';

const folder = fileURLToPath(new URL('../../../shared/data/synthea-r4/', import.meta.url));

/** Synthea repeats practitioners and organisations in every bundle: they are told apart by identifier. */
function withConditions(bundleText: string): string {
  const entries = itemTexts(memberText(bundleText, 'entry') ?? '[]').map((entry) => {
    const resource = objectIn(objectIn(parseJson(entry)).resource);
    const shared = resource.resourceType === 'Practitioner' || resource.resourceType === 'Organization';
    const [identifier] = valuesAt(resource, 'identifier').filter(isObject);
    if (!shared || !identifier) return entry;
    const condition = `identifier=${stringIn(identifier.system) ?? ''}|${stringIn(identifier.value) ?? ''}`;
    const request = setMember(memberText(entry, 'request') ?? '{}', 'ifNoneExist', JSON.stringify(condition));
    return setMember(entry, 'request', request);
  });
  return setMember(bundleText, 'entry', `[${entries.join(',')}]`);
}

/** The text with everything taken out that the server may set: id, meta, and references. */
function unsettled(resourceText: string): string {
  const bare = setMember(setMember(resourceText, 'id', '0'), 'meta', '0');
  return bare
    .replaceAll(/"reference":"[^"]*"/g, '"reference":""')
    .replace('"id":0,', '')
    .replace('"meta":0,', '');
}

test.skipIf(!existsSync(folder))(
  'Synthea bundles are stored as transactions without losing a resource, a reference or a character',
  async () => {
    const portal = await aPortal({ maximumBodyBytes: 50_000_000 });
    const files = readdirSync(folder)
      .filter((name) => name.startsWith('patient-'))
      .slice(0, 10);
    const sent: string[] = [];
    for (const name of files) {
      const text = readFileSync(`${folder}${name}`, 'utf8');
      const reply = await send(portal, 'POST', '', { body: withConditions(text) });
      expect([name, reply.status, reply.text.slice(0, reply.status === 200 ? 0 : 500)]).toEqual([name, 200, '']);
      sent.push(...itemTexts(memberText(text, 'entry') ?? '[]').map((entry) => memberText(entry, 'resource') ?? ''));
    }
    const stored = portal.database.prepare<[], { json: string }>('SELECT json FROM hist').all();
    const texts = stored.map((row) => row.json);
    expect(texts.join('\n')).not.toMatch(/"reference":"urn:uuid:/);
    expect(new Set(texts.map(unsettled))).toEqual(new Set(sent.map(unsettled)));
    for (const [type, count] of countsByType(sent)) {
      const ids = await walk(portal, `/${type}?_sort=_lastUpdated&_count=200`);
      expect(new Set(ids).size).toBe(ids.length);
      const isShared = type === 'Practitioner' || type === 'Organization';
      expect([type, isShared || ids.length === count, ids.length <= count]).toEqual([type, true, true]);
    }
  },
  120_000,
);

function countsByType(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const type = stringIn(objectIn(parseJson(text)).resourceType) ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}
