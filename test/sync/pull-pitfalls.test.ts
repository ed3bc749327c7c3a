import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLastConsultation } from '../../electron/store/consultations.ts';
import { findCursor } from '../../electron/store/cursors.ts';
import { findResource, versionsOf } from '../../electron/store/mirror.ts';
import { findPatient } from '../../electron/store/patients.ts';
import { countQuarantined, listQuarantine } from '../../electron/store/quarantine.ts';
import { findWorkItem } from '../../electron/store/work-item.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { look, pull } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-21T00:00:00Z');
  practice = await startSmallPractice({ openItems: 12, clock: () => time });
  desk = openDesk({ baseUrl: practice.server.baseUrl, timeoutSeconds: 2 });
});

afterEach(async () => {
  desk.close();
  await practice.server.close();
});

async function put(resource: { resourceType: string; id: string } & Record<string, unknown>, version?: string): Promise<string> {
  const headers: Record<string, string> = { 'content-type': 'application/fhir+json', ...(version && { 'if-match': `W/"${version}"` }) };
  const answer = await fetch(`${practice.server.baseUrl}/${resource.resourceType}/${resource.id}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(resource),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return JSON.parse(await answer.text()).meta.versionId;
}

const patient = (id: string, family = 'Ngata') => ({ resourceType: 'Patient', id, name: [{ family, given: ['Hana'] }] });

/** Versions on the server, read from its own tables. */
function serverVersions(): Record<string, string> {
  const rows = practice.server.database.prepare('SELECT type, id, version FROM res WHERE deleted = 0').all();
  const parsed: { type: string; id: string; version: number }[] = JSON.parse(JSON.stringify(rows));
  const pulled = new Set(
    'Organization Practitioner PractitionerRole Patient RelatedPerson AllergyIntolerance Encounter Observation DiagnosticReport MedicationRequest Communication Task'.split(
      ' ',
    ),
  );
  return Object.fromEntries(
    parsed.filter(({ type }) => pulled.has(type)).map(({ type, id, version }) => [`${type}/${id}`, String(version)]),
  );
}

function expectConverged(): void {
  const server = serverVersions();
  expect(versionsOf(desk.store.db, Object.keys(server))).toEqual(server);
}

const watermark = () => findCursor(desk.store.db, 'Patient', 'all')?.watermark ?? '';

describe('a pull', () => {
  test('ends when the last page is full to the last row', async () => {
    const known = Object.keys(serverVersions()).filter((ref) => ref.startsWith('Patient/')).length;
    practice.server.load(Array.from({ length: 400 - known }, (_each, index) => patient(`extra-${index}`)));
    expect((await pull(desk)).ok).toBe(true);
    expectConverged();
  });

  test('ends with exactly what the server has', async () => {
    expect(await pull(desk)).toMatchObject({ ok: true });
    expectConverged();
  });

  test('a round in which nothing changed is one request, and the next one still finds what did', async () => {
    await pull(desk);
    let requests = 0;
    practice.faults.hook = (point) => {
      if (point === 'before-handling') requests += 1;
      return undefined;
    };
    expect(await pull(desk)).toEqual({ ok: true, value: 0 });
    expect(requests).toBe(1);
    time += 1_000;
    practice.server.load(Array.from({ length: 250 }, (_, index) => patient(`many-${index}`)));
    expect(await pull(desk)).toEqual({ ok: true, value: 250 });
    expectConverged();
  });

  test('a server that takes no batch is asked type by type', async () => {
    await pull(desk);
    time += 1_000;
    await put(patient('fine'));
    practice.faults.hook = (point, { path, method }) =>
      point === 'before-handling' && path === '' && method === 'POST' ? { kind: 'answer', status: 405 } : undefined;
    expect(await pull(desk)).toEqual({ ok: true, value: 1 });
    expectConverged();
  });

  test('the first look alone makes the newest open work usable and moves no cursor', async () => {
    expect(await look(desk)).toEqual({ ok: true, value: undefined });
    const item = findWorkItem(desk.store.db, practice.free.message[0] ?? '');
    expect(item?.familyName).not.toBe('Not known');
    expect(item?.preview).not.toBe('');
    expect(findCursor(desk.store.db, 'Task', 'all')).toBeUndefined();
  });

  test('the first look brings all that the banner and the rules say of a person', async () => {
    await look(desk);
    const patientId = findWorkItem(desk.store.db, practice.free.repeat[0] ?? '')?.patientId ?? '';
    const early = { patient: findPatient(desk.store.db, patientId), seenOn: findLastConsultation(desk.store.db, patientId) };
    await pull(desk);
    expect(early).toEqual({ patient: findPatient(desk.store.db, patientId), seenOn: findLastConsultation(desk.store.db, patientId) });
    expect(early.patient?.allergies.status).not.toBe('not-recorded');
  });

  test('a write that is stamped early and appears late is not lost', async () => {
    await pull(desk);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    practice.faults.hook = async (point, { path }) => {
      if (point === 'before-commit' && path === '/Patient/late') await held;
      return undefined;
    };
    const late = put(patient('late'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    time += 8_000;
    await put(patient('early'));
    await pull(desk);
    expect(findResource(desk.store.db, 'Patient', 'late')).toBeUndefined();
    release();
    await late;
    await pull(desk);
    expectConverged();
  });

  test('versions with the same stamp all arrive', async () => {
    await pull(desk);
    const version = await put(patient('tie'));
    await pull(desk);
    await put(patient('tie', 'Parata'), version);
    await pull(desk);
    expectConverged();
  });

  test('a server whose clock steps back thirty seconds loses nothing, before or after it catches up', async () => {
    time += 60_000;
    await put(patient('before'));
    await pull(desk);
    time -= 30_000;
    const version = await put(patient('after'));
    await pull(desk);
    expectConverged();
    time += 12_000;
    await put(patient('after', 'Parata'), version);
    await put(patient('before', 'Kingi'), '1');
    await pull(desk);
    expectConverged();
    time += 60_000;
    await put(patient('later'));
    await pull(desk);
    expectConverged();
  });

  test('updates during a walk are seen, and the walk ends', async () => {
    let writes = 0;
    practice.faults.hook = async (point, { path, method }) => {
      if (point === 'before-handling' && method === 'GET' && path === '/Patient' && writes < 3) {
        writes += 1;
        time += 1;
        await put(patient(`during-${writes}`));
      }
      return undefined;
    };
    await pull(desk);
    practice.faults.hook = undefined;
    await pull(desk);
    expectConverged();
  });

  test('an expired next link starts the walk again from the watermark', async () => {
    practice.server.load(Array.from({ length: 450 }, (_, index) => patient(`many-${index}`)));
    let expired = 0;
    practice.faults.hook = (point, { path, query }) => {
      if (point !== 'before-handling' || path !== '/Patient' || query.includes('_sort=_lastUpdated&_count=200&_total') || expired > 0)
        return undefined;
      expired += 1;
      return { kind: 'answer', status: 410 };
    };
    expect(await pull(desk)).toMatchObject({ ok: true });
    expect(expired).toBe(1);
    expectConverged();
  });

  test('a pull that was cut short goes on from its last page and moves the watermark only at the end', async () => {
    practice.server.load(Array.from({ length: 450 }, (_, index) => patient(`many-${index}`)));
    let pages = 0;
    practice.faults.hook = (point, { path }) => {
      if (point !== 'before-handling' || path !== '/Patient') return undefined;
      pages += 1;
      return pages === 3 ? { kind: 'drop-socket' } : undefined;
    };
    expect(await pull(desk)).toMatchObject({ ok: false });
    const cut = findCursor(desk.store.db, 'Patient', 'all');
    expect(cut).toMatchObject({ watermark: null, completedAt: null });
    expect(cut?.walkNext).not.toBeNull();
    practice.faults.hook = undefined;
    pages = 0;
    await pull(desk);
    expectConverged();
    expect(watermark()).not.toBe('');
  });

  test.each([
    ['a captive portal', { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }],
    ['half a page, as if whole', { kind: 'truncate-body', bytes: 900, framing: 'close' }],
    ['half a page, with its length', { kind: 'truncate-body', bytes: 900, framing: 'length' }],
    [
      'another kind of resource',
      { kind: 'answer', status: 200, headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"Patient","id":"x"}' },
    ],
    [
      'a next link to a foreign server',
      {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/fhir+json' },
        body: '{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"https://elsewhere.example/fhir/Patient?x"}]}',
      },
    ],
  ] as const)('%s changes nothing', async (_name, fault) => {
    await pull(desk);
    const before = desk.store.db.prepare('SELECT count(*) AS count, max(version_id) AS newest FROM resource').get();
    const cursor = findCursor(desk.store.db, 'Patient', 'all');
    time += 1_000;
    await put(patient('new'));
    practice.faults.hook = (point, { path }) => (point === 'before-body' && path === '/Patient' ? fault : undefined);
    expect(await pull(desk, 'warm')).toMatchObject({ ok: false });
    expect(desk.store.db.prepare('SELECT count(*) AS count, max(version_id) AS newest FROM resource').get()).toEqual(before);
    expect(findCursor(desk.store.db, 'Patient', 'all')).toEqual(cursor);
    // Asked for all types at once it is no better: refused, or asked again type by type.
    practice.faults.hook = (point, { path }) => (point === 'before-body' && path === '' ? fault : undefined);
    await pull(desk);
    practice.faults.hook = undefined;
    await pull(desk);
    expectConverged();
  });

  test('one resource that cannot be read spoils only itself, is counted, and is shown once it can be read', async () => {
    await pull(desk);
    const task = {
      resourceType: 'Task',
      id: 'odd',
      status: 'dancing',
      intent: 'order',
      code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'triage-message' }] },
      focus: { reference: 'Communication/x' },
      authoredOn: '2026-11-20T00:00:00Z',
    };
    time += 1_000;
    await put(task);
    await put(patient('fine'));
    await pull(desk);
    expect(listQuarantine(desk.store.db, 10)).toMatchObject([{ ref: 'Task/odd' }]);
    expect(findResource(desk.store.db, 'Patient', 'fine')).toBeDefined();
    time += 1_000;
    await put({ ...task, status: 'requested' }, '1');
    await pull(desk);
    expect(countQuarantined(desk.store.db).total).toBe(0);
    expect(findWorkItem(desk.store.db, 'odd')).toMatchObject({ status: 'requested' });
  });

  test('what arrives before the things it refers to is completed when they arrive', async () => {
    await pull(desk);
    const item = {
      status: 'requested',
      intent: 'order',
      code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'triage-message' }] },
      authoredOn: '2026-11-20T00:00:00Z',
    };
    time += 1_000;
    await put({
      resourceType: 'Task',
      id: 'early',
      ...item,
      focus: { reference: 'Communication/th' },
      for: { reference: 'Patient/pp' },
      owner: { reference: 'PractitionerRole/new-role' },
    });
    await pull(desk);
    expect(findWorkItem(desk.store.db, 'early')).toMatchObject({ familyName: 'Not known', ownerName: 'Someone', preview: '' });
    time += 1_000;
    const category = [{ coding: [{ system: 'urn:portaldesk:thread', code: 'message' }] }];
    await put({
      resourceType: 'Communication',
      id: 'm1',
      status: 'completed',
      partOf: [{ reference: 'Communication/th' }],
      subject: { reference: 'Patient/pp' },
      sender: { reference: 'Patient/pp' },
      sent: '2026-11-20T00:00:00Z',
      payload: [{ contentString: 'I have chest pain' }],
    });
    await put({
      resourceType: 'Communication',
      id: 'th',
      status: 'in-progress',
      category,
      topic: { text: 'Worried' },
      subject: { reference: 'Patient/pp' },
    });
    await put(patient('pp'));
    await put({
      resourceType: 'PractitionerRole',
      id: 'new-role',
      practitioner: { reference: 'Practitioner/new-one' },
      code: [{ coding: [{ system: 'urn:portaldesk:role', code: 'gp' }] }],
    });
    await pull(desk);
    time += 1_000;
    await put({ resourceType: 'Practitioner', id: 'new-one', name: [{ family: 'Tane', given: ['Mere'] }] });
    await pull(desk);
    expect(findWorkItem(desk.store.db, 'early')).toMatchObject({
      familyName: 'Ngata',
      subject: 'Worried',
      preview: 'I have chest pain',
      flags: ['red-flag'],
      ownerName: expect.stringContaining('Tane'),
    });
    const message = desk.store.db.prepare('SELECT from_name AS name FROM message WHERE id = :id').get({ id: 'm1' });
    expect(message?.name).toBe('Hana Ngata');
  });
});
