import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startPortalServer } from '../../electron/demo/fhir-server/server.ts';

import { listQuarantine } from '../../electron/store/mirror/quarantine.ts';
import { conservation } from '../../electron/store/mirror/resource-accounting.ts';

import { openDesk } from '../support/sync-desk.ts';
import { pull } from '../support/sync-run.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** What a pull must bring, by hand: a type that is left out of it would vanish in silence. */
const pulled = [
  ...['Organization', 'Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson', 'AllergyIntolerance', 'Encounter'],
  ...['Observation', 'DiagnosticReport', 'MedicationRequest', 'Communication', 'Task'],
];

interface Bundle {
  readonly resourceType: string;
  readonly type: string;
  readonly entry: readonly { readonly resource: { readonly resourceType: string; readonly id?: string } }[];
}

function bundles(): readonly { readonly name: string; readonly text: string; readonly bundle: Bundle }[] {
  return ['synthea-r4', 'nz-base', 'workflow'].flatMap((part) =>
    readdirSync(`${folder}${part}`).flatMap((name) => {
      const text = readFileSync(`${folder}${part}/${name}`, 'utf8');
      const bundle: Bundle = JSON.parse(text);
      return bundle.resourceType === 'Bundle' ? [{ name: `${part}/${name}`, text, bundle }] : [];
    }),
  );
}

/** As a transaction where it is one that the server takes, else its resources one by one as they are. */
async function loadInto(
  server: Awaited<ReturnType<typeof startPortalServer>>,
  { text, bundle, name }: ReturnType<typeof bundles>[number],
): Promise<void> {
  if (bundle.type === 'transaction') {
    const answer = await fetch(server.baseUrl, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: text });
    if (answer.ok) return;
  }
  server.load(
    bundle.entry.map(({ resource }, index) => ({ ...resource, id: resource.id ?? `${name.replaceAll(/[^a-z]/g, '')}-${index}` })),
  );
}

test.skipIf(!existsSync(folder))(
  'every bundle of the shared data is synced, and nothing in it vanishes',
  async () => {
    const server = await startPortalServer({ databasePath: ':memory:', maximumBodyBytes: 50_000_000 });
    for (const each of bundles()) await loadInto(server, each);
    const desk = openDesk({ baseUrl: server.baseUrl });
    expect(await pull(desk)).toMatchObject({ ok: true });
    const rows = server.database
      .prepare<[], { type: string; count: number }>('SELECT type, count(*) AS count FROM res WHERE deleted = 0 GROUP BY type')
      .all();
    const onServer = new Map(rows.map(({ type, count }) => [type, count]));
    const counted = new Map(conservation(desk.store.db).map((each) => [each.type, each]));
    expect(onServer.get('Observation')).toBeGreaterThan(5_000);
    for (const type of pulled) {
      const there = onServer.get(type) ?? 0;
      const { server: listed = 0, shown = 0, quarantined = 0, filtered = 0 } = counted.get(type) ?? {};
      expect({ type, listed, sum: shown + quarantined + filtered }).toEqual({ type, listed: there, sum: there });
    }
    // What can't be read says why, in words without any of its content.
    for (const { reason } of listQuarantine(desk.store.db, 1_000)) expect(reason).toMatch(/^(It|Its|The) .*\.$/);
    expect(listQuarantine(desk.store.db, 1_000).length).toBeLessThan(60);
    expect(await pull(desk)).toEqual({ ok: true, value: 0 });
    desk.close();
    await server.close();
  },
  120_000,
);
