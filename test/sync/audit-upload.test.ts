import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditEntry, recordAudit } from '../../electron/store/audit/audit.ts';
import { uploadAudit } from '../../electron/sync/push/audit-upload.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 12 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

/** Records one row, hands it over and answers with the AuditEvent as it then stands on the server. */
async function received(entry: Partial<AuditEntry>, acceptsClientIds = true): Promise<object> {
  const latest = () => practice.server.database.prepare("SELECT max(rid) FROM res WHERE type = 'AuditEvent'").pluck().get();
  const before = latest();
  const row = { opId: randomUUID(), recordedAt: '2026-11-20T00:00:00.000Z', staffId: 'role-dr-rangi', action: 'claim', detail: '' };
  recordAudit(desk.store.db, { ...row, itemKey: 'message|Task/task-1', taskId: 'task-1', patientId: 'patient-1', ...entry });
  const { store, client, clock } = desk;
  expect(await uploadAudit({ db: store.db, client, clock, acceptsClientIds: () => acceptsClientIds })).toEqual({ ok: true, value: 1 });
  expect(latest()).not.toBe(before);
  const id = practice.server.database.prepare('SELECT id FROM res WHERE rid = ?').pluck().get(latest());
  const answer = await fetch(`${practice.server.baseUrl}/AuditEvent/${String(id)}`);
  return JSON.parse(await answer.text());
}

describe('the server receives', () => {
  test.each([
    ['open', 'R'],
    ['claim', 'E'],
    ['release-claim', 'E'],
    ['assign', 'E'],
    ['set-priority', 'E'],
    ['finish', 'E'],
    ['reply', 'E'],
    ['note', 'E'],
    ['decide-repeat', 'E'],
    ['release-result', 'E'],
    ['hold-result', 'E'],
    ['undone', 'E'],
    ['requeued', 'E'],
    ['needs-sign-in', 'E'],
    ['conflict', 'E'],
    ['rejected', 'E'],
    ['done', 'U'],
  ])('a row of %s as an AuditEvent of action %s', async (action, code) => {
    expect(await received({ action })).toMatchObject({ action: code, subtype: [{ system: 'urn:portaldesk:audit', code: action }] });
  });

  test('who did what, when, and to what', async () => {
    const opId = randomUUID();
    const event = await received({ opId, action: 'assign', detail: 'pool nurse' });
    expect(event).toMatchObject({
      resourceType: 'AuditEvent',
      type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
      subtype: [{ system: 'urn:portaldesk:audit', code: 'assign', display: 'assign: pool nurse' }],
      recorded: '2026-11-20T00:00:00.000Z',
      outcome: '0',
      agent: [{ who: { reference: 'PractitionerRole/role-dr-rangi' }, requestor: true }],
      source: { observer: { display: 'Portal Desk' } },
      entity: [
        { what: { reference: 'Task/task-1' } },
        { what: { reference: 'Patient/patient-1' } },
        { what: { identifier: { system: 'urn:portaldesk:op', value: opId } } },
      ],
    });
  });

  test('a row about nobody known without a patient, and one without a detail by its action alone', async () => {
    const opId = randomUUID();
    expect(await received({ opId, action: 'open', patientId: null })).toMatchObject({
      subtype: [{ code: 'open', display: 'open' }],
      entity: [{ what: { reference: 'Task/task-1' } }, { what: { identifier: { value: opId } } }],
    });
  });

  test('the same where the server chooses the ids', async () => {
    expect(await received({ action: 'done' }, false)).toMatchObject({ resourceType: 'AuditEvent', action: 'U' });
  });
});
