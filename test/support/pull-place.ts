import { afterEach, beforeEach, expect } from 'vitest';
import { versionsOf } from '../../electron/store/mirror/mirror.ts';
import { openDesk, type SyncDesk } from './sync-desk.ts';
import { type SmallPractice, startSmallPractice } from './sync-practice.ts';

type Resource = { resourceType: string; id: string } & Record<string, unknown>;

interface PullPlace {
  readonly practice: SmallPractice;
  readonly desk: SyncDesk;
  /** The server's clock, epoch ms; it goes when a test says so. */
  time: number;
  /** Writes past the desk; answers the version it got. */
  readonly put: (resource: Resource, version?: string) => Promise<string>;
  /** Versions on the server, read from its own tables. */
  readonly serverVersions: () => Record<string, string>;
  /** The desk has exactly what the server has. */
  readonly expectConverged: () => void;
}

/** A small practice and an empty desk, new for each test of the file. */
export function pullPlace(): PullPlace {
  let started: { readonly practice: SmallPractice; readonly desk: SyncDesk } | undefined;
  const running = () => {
    if (!started) throw new Error('The practice is there while a test runs');
    return started;
  };
  const place: PullPlace = {
    get practice() {
      return running().practice;
    },
    get desk() {
      return running().desk;
    },
    time: 0,
    put: (resource, version) => put(place.practice, resource, version),
    serverVersions: () => serverVersions(place.practice),
    expectConverged: () => {
      const server = place.serverVersions();
      expect(versionsOf(place.desk.store.db, Object.keys(server))).toEqual(server);
    },
  };
  beforeEach(async () => {
    place.time = Date.parse('2026-11-21T00:00:00Z');
    const practice = await startSmallPractice({ openItems: 12, clock: () => place.time });
    started = { practice, desk: openDesk({ baseUrl: practice.server.baseUrl }) };
  });
  afterEach(async () => {
    place.desk.close();
    await place.practice.server.close();
  });
  return place;
}

export const patient = (id: string, family = 'Ngata') => ({ resourceType: 'Patient', id, name: [{ family, given: ['Hana'] }] });

async function put({ server }: SmallPractice, resource: Resource, version?: string): Promise<string> {
  const headers: Record<string, string> = { 'content-type': 'application/fhir+json', ...(version && { 'if-match': `W/"${version}"` }) };
  const answer = await fetch(`${server.baseUrl}/${resource.resourceType}/${resource.id}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(resource),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return JSON.parse(await answer.text()).meta.versionId;
}

const pulled = new Set(
  'Organization Practitioner PractitionerRole Patient RelatedPerson AllergyIntolerance Encounter Observation DiagnosticReport MedicationRequest Communication Task'.split(
    ' ',
  ),
);

function serverVersions({ server }: SmallPractice): Record<string, string> {
  const rows = server.database.prepare('SELECT type, id, version FROM res WHERE deleted = 0').all();
  const parsed: { type: string; id: string; version: number }[] = JSON.parse(JSON.stringify(rows));
  return Object.fromEntries(
    parsed.filter(({ type }) => pulled.has(type)).map(({ type, id, version }) => [`${type}/${id}`, String(version)]),
  );
}
