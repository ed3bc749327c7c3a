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

/** Words such as 1.10 or 72.0 that a JavaScript number would not give back. */
function fragileDecimals(text: string): readonly string[] {
  return [...text.matchAll(/[:[,]\s*(-?\d+\.\d*0)(?=[,}\]\s])/g)].map((match) => match[1] ?? '');
}

test.skipIf(!existsSync(folder))(
  'Synthea bundles are stored as transactions without losing a resource, a reference or a digit',
  async () => {
    const portal = await aPortal({ maximumBodyBytes: 50_000_000 });
    const files = readdirSync(folder)
      .filter((name) => name.startsWith('patient-'))
      .slice(0, 10);
    const sent = new Map<string, number>();
    let digits = 0;
    for (const name of files) {
      const text = readFileSync(`${folder}${name}`, 'utf8');
      digits += fragileDecimals(text).length;
      const reply = await send(portal, 'POST', '', { body: withConditions(text) });
      expect([name, reply.status, reply.text.slice(0, reply.status === 200 ? 0 : 500)]).toEqual([name, 200, '']);
      for (const type of valuesAt(objectIn(parseJson(text)), 'entry.resource.resourceType')) {
        sent.set(String(type), (sent.get(String(type)) ?? 0) + 1);
      }
    }
    let found = 0;
    for (const [type, count] of sent) {
      const ids = await walk(portal, `/${type}?_sort=_lastUpdated&_count=200`);
      expect(new Set(ids).size).toBe(ids.length);
      if (type === 'Practitioner' || type === 'Organization') expect(ids.length).toBeLessThanOrEqual(count);
      else expect([type, ids.length]).toEqual([type, count]);
      const { text } = await send(portal, 'GET', `/${type}?_count=1000`);
      expect(text).not.toMatch(/"reference":"urn:uuid:/);
      found += fragileDecimals((await allText(portal, type)).join('\n')).length;
    }
    expect(found).toBe(digits);
  },
  120_000,
);

async function allText(portal: Awaited<ReturnType<typeof aPortal>>, type: string): Promise<readonly string[]> {
  const rows = portal.database.prepare<[string], { json: string }>('SELECT json FROM hist WHERE type = ?').all(type);
  return rows.map((row) => row.json);
}
