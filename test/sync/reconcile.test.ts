import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditToUpload, recordAudit } from '../../electron/store/audit/audit.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { findResource } from '../../electron/store/mirror/mirror.ts';
import { conservation } from '../../electron/store/mirror/resource-accounting.ts';
import { reconcile } from '../../electron/sync/pull/reconcile.ts';
import { uploadAudit } from '../../electron/sync/push/audit-upload.ts';
import { ok } from '../../shared/result.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeEach(async () => {
  practice = await startSmallPractice({ openItems: 12 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(desk);
});

afterEach(async () => {
  desk.close();
  await practice.server.close();
});

const run = () => reconcile({ db: desk.store.db, portal: desk.portal, clock: desk.clock, stopped: () => false }, new Set());

describe('the nightly reconcile', () => {
  test('ends where a server gives the same page for ever, and hides nothing', async () => {
    let asked = 0;
    const next = `${practice.server.baseUrl}/Organization?page=again`;
    const page = { resources: [], unfiled: [], next, total: null, serverDate: null };
    const again = async () => {
      asked += 1;
      if (asked > 20) throw new Error('It goes on for ever');
      return ok(page);
    };
    const portal = { ...desk.portal, search: again, page: again };
    const ended = await reconcile({ db: desk.store.db, portal, clock: desk.clock, stopped: () => false }, new Set());
    expect(ended).toMatchObject({ ok: false, error: { kind: 'not-fhir' } });
  });

  test('finds nothing to do after a pull', async () => {
    expect(await run()).toEqual({ ok: true, value: { fetched: 0, hidden: 0 } });
  });

  test('what was deleted on the server leaves the screens; its text stays in the mirror', async () => {
    const itemKey = practice.free.message[0] ?? '';
    const deleted = await fetch(`${practice.server.baseUrl}/Task/${itemKey}`, { method: 'DELETE' });
    expect(deleted.ok).toBe(true);
    await pull(desk);
    expect(findItemOfTask(desk.store.db, itemKey)).toBeDefined();
    expect(await run()).toEqual({ ok: true, value: { fetched: 0, hidden: 1 } });
    expect(findItemOfTask(desk.store.db, itemKey)).toBeUndefined();
    const kept = desk.store.db
      .read(defineStatement('SELECT length(body) AS size FROM resource JOIN resource_ref USING (number) WHERE type = :type AND id = :id'))
      .get({ type: 'Task', id: itemKey });
    expect(Number(kept?.size)).toBeGreaterThan(100);
    for (const { type, server, shown, quarantined, filtered } of conservation(desk.store.db)) {
      expect({ type, sum: shown + quarantined + filtered }).toEqual({ type, sum: server });
    }
  });

  test('what a pull missed is fetched', async () => {
    const itemKey = practice.free.message[0] ?? '';
    desk.store.db
      .write(
        defineStatement(
          "UPDATE resource SET version_id = 'lost' WHERE number = (SELECT number FROM resource_ref WHERE type = 'Task' AND id = :itemKey)",
        ),
      )
      .run({ itemKey });
    desk.store.db
      .write(
        defineStatement(
          "DELETE FROM resource WHERE number = (SELECT number FROM resource_ref WHERE type = 'Patient' AND id = (SELECT patient_id FROM work_item WHERE id = :itemKey))",
        ),
      )
      .run({ itemKey });
    expect(await run()).toEqual({ ok: true, value: { fetched: 2, hidden: 0 } });
    expect(findResource(desk.store.db, 'Task', itemKey)?.versionId).toBe('1');
  });

  test('what this account may no longer see is hidden and not called deleted by anybody else', async () => {
    const itemKey = practice.free.message[0] ?? '';
    practice.faults.hook = (point, { path }) =>
      point === 'before-handling' && path === `/Task/${itemKey}` ? { kind: 'answer', status: 403 } : undefined;
    desk.store.db.write(defineStatement("UPDATE resource_ref SET id = 'elsewhere' WHERE type = 'Task' AND id = :itemKey")).run({ itemKey });
    practice.faults.hook = (point, { path }) =>
      point === 'before-handling' && path === '/Task/elsewhere' ? { kind: 'answer', status: 403 } : undefined;
    expect(await run()).toEqual({ ok: true, value: { fetched: 1, hidden: 1 } });
  });

  test('a failing server hides nothing', async () => {
    practice.faults.hook = (point, { path }) =>
      point === 'before-handling' && path === '/Task' ? { kind: 'answer', status: 500 } : undefined;
    expect(await run()).toMatchObject({ ok: false, error: { kind: 'busy' } });
    expect(findItemOfTask(desk.store.db, practice.free.message[0] ?? '')).toBeDefined();
  });
});

describe('the audit log', () => {
  const row = (index: number) => ({
    opId: `op-${index}`,
    recordedAt: '2026-11-21T00:00:00.000Z',
    staffId: 'role-dr-rangi',
    action: 'open',
    itemKey: 'message|Task/task-1',
    taskId: 'task-1',
    patientId: null,
    detail: '',
  });
  const upload = () => uploadAudit({ db: desk.store.db, client: desk.client, clock: desk.clock, acceptsClientIds: () => true });
  const onServer = () =>
    Number(practice.server.database.prepare("SELECT count(*) AS count FROM res WHERE type = 'AuditEvent'").pluck().get());

  test('goes to the server in batches, each row once, also when an answer is lost', async () => {
    for (let index = 0; index < 150; index += 1) recordAudit(desk.store.db, row(index));
    practice.faults.hook = (point) => (point === 'after-commit-before-answer' ? { kind: 'drop-socket' } : undefined);
    expect(await upload()).toMatchObject({ ok: false });
    practice.faults.hook = undefined;
    expect(await upload()).toEqual({ ok: true, value: 100 });
    expect(await upload()).toEqual({ ok: true, value: 50 });
    expect(await upload()).toEqual({ ok: true, value: 0 });
    expect(onServer()).toBe(150);
    expect(auditToUpload(desk.store.db, 10)).toEqual([]);
  });
});
