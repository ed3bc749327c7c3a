import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';
import type { WriteDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import type { StoredResource } from '../../electron/store/mirror/mirror.ts';
import type { ServerPage } from '../../electron/sync/engine/fhir-gateway.ts';
import { takePage } from '../../electron/sync/pull/take-page.ts';
import { err } from '../../shared/result.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';

const runs = Number(process.env.CONVERGENCE_RUNS ?? 12);
const pulled = new Set(
  'Organization Practitioner PractitionerRole Patient RelatedPerson AllergyIntolerance Encounter Observation DiagnosticReport MedicationRequest Communication Task'.split(
    ' ',
  ),
);

interface Plain {
  readonly resourceType: string;
  readonly id: string;
}

function stored(resource: Plain, version: number): StoredResource {
  const lastUpdated = new Date(Date.parse('2026-11-20T00:00:00Z') + version * 1_000).toISOString();
  const body = JSON.stringify({ ...resource, meta: { versionId: String(version), lastUpdated } });
  return { type: resource.resourceType, id: resource.id, versionId: String(version), lastUpdated, body };
}

/** A few items with all they hang on; of some an older version too. Display names are taken out, so that names must be looked up. */
function versions(): readonly StoredResource[] {
  const all: Plain[] = [];
  for (const { resources } of generatePractice({ seed: 3, now: '2026-11-20T01:00:00Z', enrolled: 6, openItems: 9, historyItems: 4 })) {
    const text = JSON.stringify(resources).replaceAll(/,"display":"(?:Dr|Patient)[^"]*"/g, '');
    const plain: Plain[] = JSON.parse(text);
    all.push(...plain.filter(({ resourceType }) => pulled.has(resourceType)));
  }
  return all.flatMap((resource, index) =>
    index % 3 === 0 ? [stored({ ...resource, ...older(resource) }, 1), stored(resource, 2)] : [stored(resource, 2)],
  );
}

function older({ resourceType }: Plain): object {
  if (resourceType === 'Patient') return { name: [{ family: 'Before', given: ['Known'] }] };
  if (resourceType === 'Observation') return { interpretation: [{ coding: [{ code: 'HH' }] }] };
  if (resourceType === 'Task') return { priority: 'stat', status: 'accepted' };
  return {};
}

const idOf = (number: string) => `(SELECT type || '/' || id FROM resource_ref WHERE resource_ref.number = ${number})`;

/** Numbers stand in the order in which resources were first named: they are compared as what they stand for. */
const numbered: Readonly<Record<string, readonly string[]>> = {
  patient: ['number'],
  allergy: ['number', 'patient'],
  proxy: ['number', 'patient'],
  staff: ['number'],
  message: ['number', 'thread', 'patient'],
  thread: ['number', 'patient'],
  internal_note: ['number'],
  medicine_request: ['number', 'patient'],
  test_report: ['number', 'patient'],
  measurement: ['number', 'patient'],
  consultation: ['number', 'patient'],
  resource: ['number'],
  filtered: ['number'],
  projection_dependency: ['ref', 'by_ref'],
};

const notCompared: ReadonlySet<string> = new Set(['row', 'body', 'last_updated']);
const Names = z.array(z.object({ name: z.string() }));

/** Every column of a table but its row numbers, in an order that hangs on nothing but what is in it. */
function contentOf(db: WriteDb, table: string): string {
  const columns = Names.parse(db.read(defineStatement(`SELECT name FROM pragma_table_info('${table}')`)).all());
  const compared = columns.map(({ name }) => name).filter((name) => !notCompared.has(name) || (name === 'body' && table !== 'resource'));
  const selected = compared.map((name) => (numbered[table]?.includes(name) ? `${idOf(`${table}.${name}`)} AS ${name}` : `"${name}"`));
  const rows = db.read(defineStatement(`SELECT ${selected.join(', ')} FROM ${table}`)).all();
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');
}

/** Everything that the screens read, without the numbers that only say in which order rows were made. */
function everything(db: WriteDb): string {
  const made = Names.parse(db.read(defineStatement("SELECT name FROM projection_object WHERE type = 'table'")).all());
  const tables = [...made.map(({ name }) => name).filter((name) => !name.startsWith('item_words') && name !== 'work_tally'), 'resource'];
  const tally = db.read(defineStatement('SELECT * FROM work_tally WHERE items > 0 ORDER BY open, kind, pool, owner_id, rank')).all();
  const quarantined = db.read(defineStatement('SELECT ref FROM quarantine ORDER BY ref')).all();
  return JSON.stringify([tables.map((table) => [table, contentOf(db, table)]), tally, quarantined], null, 1);
}

const page = (resources: readonly StoredResource[]): ServerPage => ({ resources, unfiled: [], next: null, total: null, serverDate: null });

async function takeAll(
  desk: SyncDesk,
  pages: readonly (readonly StoredResource[])[],
  newest: ReadonlyMap<string, StoredResource>,
): Promise<void> {
  const read = async (type: string, id: string) => {
    const found = newest.get(`${type}/${id}`);
    return found ? ({ ok: true, value: found } as const) : err({ kind: 'gone', status: 404, issue: '' } as const);
  };
  for (const resources of pages) {
    const taken = await takePage({ db: desk.store.db, portal: { read }, clock: desk.clock }, page(resources), () => undefined);
    if (!taken.ok) throw new Error(taken.error.kind);
  }
}

const all = versions();
const newest = new Map(all.map((resource) => [`${resource.type}/${resource.id}`, resource]));
let expected: string;
let reference: SyncDesk;

beforeAll(async () => {
  reference = openDesk({ baseUrl: 'http://127.0.0.1:9/fhir' });
  await takeAll(reference, [[...newest.values()]], newest);
  expected = everything(reference.store.db);
});

afterAll(() => reference.close());

describe('pages in any order', () => {
  test('there is something to compare', () => {
    expect(all.length).toBeGreaterThan(newest.size);
    expect(expected).toContain('task-');
  });

  test('permuted, doubled and split pages, old versions among them, end in the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all as StoredResource[], { minLength: all.length, maxLength: all.length }),
        fc.array(fc.nat({ max: all.length - 1 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 60 }),
        async (shuffled, doubled, size) => {
          const sequence = [...shuffled, ...doubled.flatMap((index) => all[index] ?? [])];
          const pages = Array.from({ length: Math.ceil(sequence.length / size) }, (_, index) =>
            sequence.slice(index * size, (index + 1) * size),
          );
          const desk = openDesk({ baseUrl: 'http://127.0.0.1:9/fhir' });
          try {
            await takeAll(desk, pages, newest);
            expect(everything(desk.store.db)).toBe(expected);
          } finally {
            desk.close();
          }
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);
});
