import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startDemoPortal } from '../../electron/demo/demo-portal.ts';
import type { PortalServer } from '../../electron/demo/fhir-server/server.ts';
import type { DemoPortal } from '../../shared/core-messages.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { OpId } from '../../shared/ids.schema.ts';
import { ask, until } from './asking.ts';
import { type CoreProcess, launchCore, type TestShell } from './core-process.ts';

// Whole processes and the hold of ten seconds: a busy computer takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
let demo: { readonly portal: DemoPortal; readonly server: PortalServer } | undefined;
let cores: CoreProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-core-'));
  cores = [];
});
afterEach(async () => {
  for (const core of cores) await core.kill();
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  await startPortal();
});
afterAll(async () => {
  await demo?.server.close();
});

/** One practice for all: each test takes a message that nobody has. */
async function startPortal(): Promise<DemoPortal> {
  demo ??= await startDemoPortal({ databasePath: ':memory:', nativeBinding: null, now: new Date() });
  return demo.portal;
}

async function launch(more: Partial<TestShell> = {}): Promise<CoreProcess> {
  const core = launchCore({ dataFolder: folder, keychain: null, startDemoPortal: startPortal, ...more });
  cores.push(core);
  await core.ready;
  return core;
}

const page = (core: CoreProcess, view: 'messages' | 'repeats' | 'results' | 'done') =>
  ask(core, 'inbox.page', { view, offset: 0, limit: 200, anchor: null });

async function messageToAnswer(core: CoreProcess) {
  const { rows } = await until(
    () => page(core, 'messages'),
    ({ total }) => total > 20,
  );
  const row = rows.find(({ patientId, ownerId, flags }) => patientId !== null && ownerId === null && !flags.includes('restricted'));
  if (!row) throw new Error('No message');
  // The row may be here before the patient and the words are; what was not seen yet would make the act stale.
  const detail = await until(
    () => ask(core, 'items.detail', { itemKey: row.key }),
    (shown) => shown.patient !== null && shown.kind === 'message' && shown.thread.messages.length > 0,
  );
  return { row, act: actOn(detail) };
}

/** What an act on an item names besides its own input. */
function actOn({ item, seen }: ItemDetail) {
  return { opId: OpId.parse(randomUUID()), subject: { itemKey: item.key, patientId: item.patientId }, seen };
}

const Searchset = z.object({
  total: z.number().optional(),
  entry: z.array(z.object({ resource: z.looseObject({ status: z.string() }) })).default([]),
});

async function onServer(query: string) {
  const response = await fetch(`${demo?.portal.baseUrl}/${query}`, {
    headers: { authorization: `Bearer ${demo?.portal.tokens[0]?.token}` },
  });
  return Searchset.parse(await response.json()).entry.map(({ resource }) => resource);
}

test('a GP of the demonstration practice replies, and the portal holds exactly that', async () => {
  const core = await launch({ demo: 'gp' });
  expect(await ask(core, 'session.status', {})).toMatchObject({
    state: 'open',
    practiceName: 'Kauri Street Medical Centre',
    user: { role: 'gp' },
  });
  const { row, act } = await messageToAnswer(core);
  const input = { text: 'Kia ora, please ring us.', finish: true, outcome: 'advice' as const };
  const reply = { kind: 'reply' as const, ...act, input };
  const queued = await ask(core, 'acts.perform', reply);
  expect(await ask(core, 'acts.perform', reply)).toEqual(queued);

  const sent = await until(
    () => ask(core, 'outbox.list', { which: 'sent', limit: 10 }),
    ({ total }) => total > 0,
  );
  expect(sent).toMatchObject({ total: 1, entries: [{ opId: act.opId }] });
  expect(await ask(core, 'outbox.list', { which: 'waiting', limit: 10 })).toMatchObject({ total: 0 });
  expect(await onServer(`Communication?identifier=urn:portaldesk:op%7C${act.opId}`)).toMatchObject([
    { status: 'completed', payload: [{ contentString: 'Kia ora, please ring us.' }] },
  ]);
  expect(await onServer(`Task?_id=${row.taskId}`)).toMatchObject([{ status: 'completed' }]);
  expect(await ask(core, 'items.detail', { itemKey: act.subject.itemKey })).toMatchObject({
    item: { status: 'completed', pending: 'none' },
    pending: [],
  });
  expect(core.logs.filter(({ level }) => level === 'error')).toEqual([]);
  await core.stop();
});

test('with the plug pulled work goes on, and all of it arrives when the plug is back', async () => {
  const core = await launch({ demo: 'gp' });
  const { row, act } = await messageToAnswer(core);
  await ask(core, 'demo.set-network', { network: 'off' });
  await until(
    () => ask(core, 'sync.status', {}),
    ({ state }) => state === 'offline',
  );
  await ask(core, 'acts.perform', { kind: 'claim', ...act, input: {} });
  const detail = await ask(core, 'items.detail', { itemKey: act.subject.itemKey });
  expect(detail.item).toMatchObject({ ownerName: 'Dr Rangi Parata', pending: 'waiting' });
  expect(await onServer(`Task?_id=${row.taskId}`)).toMatchObject([{ status: 'requested' }]);

  await ask(core, 'demo.set-network', { network: 'on' });
  await until(
    () => ask(core, 'outbox.list', { which: 'sent', limit: 10 }),
    ({ total }) => total === 1,
  );
  expect(await onServer(`Task?_id=${row.taskId}`)).toMatchObject([{ status: 'accepted' }]);
  await core.stop();
});

test('a core that is killed in the hold goes on after it, and the reply is sent once', async () => {
  const core = await launch({ demo: 'gp' });
  const { act } = await messageToAnswer(core);
  await ask(core, 'acts.perform', { kind: 'reply', ...act, input: { text: 'Kia ora, all good.', finish: false, outcome: null } });
  await core.kill();

  const again = await launch({ demo: 'gp', resume: core.kept() });
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'open', user: { role: 'gp' } });
  await until(
    () => ask(again, 'outbox.list', { which: 'sent', limit: 10 }),
    ({ total }) => total === 1,
  );
  expect(await onServer(`Communication?identifier=urn:portaldesk:op%7C${act.opId}`)).toHaveLength(1);
  await again.stop();
});

test('each of the invented staff has a store of their own, and may do what the role may', async () => {
  const core = await launch({ demo: 'gp' });
  const { act } = await messageToAnswer(core);
  await ask(core, 'drafts.save', { itemKey: act.subject.itemKey, kind: 'reply', text: 'Secret of the GP' });
  const status = await ask(core, 'session.status', {});
  const mere = status.state === 'open' ? status.demo?.staff.find(({ role }) => role === 'reception') : undefined;
  await ask(core, 'demo.switch-staff', { staffId: mere?.id ?? '' });
  expect(await ask(core, 'session.status', {})).toMatchObject({ state: 'open', user: { id: mere?.id } });
  const { act: hers } = await messageToAnswer(core);
  expect(await ask(core, 'drafts.find', { itemKey: act.subject.itemKey, kind: 'reply' })).toEqual({ text: '', savedAt: null });
  const hold = { reason: 'discuss-first' as const, reasonText: null, untilOn: '2030-01-01' };
  expect(await core.call('acts.perform', { kind: 'hold-result', ...hers, input: hold })).toEqual({
    ok: false,
    error: { kind: 'not-allowed', needs: 'release-result' },
  });
  await core.stop();
});

test('leaving the demonstration ends it and leaves nothing of it', async () => {
  const core = await launch({ demo: 'manager' });
  await messageToAnswer(core);
  expect(statSync(join(folder, 'demo')).isDirectory()).toBe(true);
  await ask(core, 'session.leave-demo', {});
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
  expect(await core.call('inbox.counts', {})).toEqual({ ok: false, error: { kind: 'no-session' } });
  expect(readdirSync(folder)).not.toContain('demo');
  expect(core.kept()).toBe('');
  await core.stop();
});

test('no word that was typed is readable in any file of the store', async () => {
  const core = await launch({ demo: 'gp' });
  const { act } = await messageToAnswer(core);
  await ask(core, 'acts.perform', { kind: 'reply', ...act, input: { text: 'MARKERMARKER', finish: false, outcome: null } });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(readFileSync(join(file.parentPath, file.name)).includes('MARKERMARKER')).toBe(false);
  await core.stop();
});

test('a prescription decided, a result released, one held, a note, an assignment and a priority all reach the portal', async () => {
  const core = await launch({ demo: 'gp' });
  const { row, act: message } = await messageToAnswer(core);
  const again = async () => actOn(await ask(core, 'items.detail', message.subject));
  await ask(core, 'acts.perform', { kind: 'note', ...message, input: { text: 'Rang her.' } });
  await ask(core, 'acts.perform', { kind: 'set-priority', ...(await again()), input: { priority: 'urgent' } });
  await ask(core, 'acts.perform', { kind: 'assign', ...(await again()), input: { assignee: { to: 'pool', pool: 'nurse' } } });

  const repeat = await itemToDecide(core, 'repeats');
  if (repeat.kind !== 'repeat') throw new Error('No request');
  const { medicines } = repeat.request;
  const decisions = medicines.map(({ id, outcome, findings }) =>
    outcome === 'red'
      ? { decision: 'decline' as const, medicineId: id, reason: 'clarif' as const, textForPatient: 'Please see us first.' }
      : { decision: 'approve' as const, medicineId: id, acknowledged: findings.map(({ rule }) => rule) },
  );
  await ask(core, 'acts.perform', { kind: 'decide-repeat', ...actOn(repeat), input: { decisions, message: null } });

  const result = await itemToDecide(core, 'results');
  const contact = { how: 'phone' as const, at: new Date().toISOString(), note: 'Rang.' };
  const release = { comment: 'All good.', noComment: false, contact };
  await ask(core, 'acts.perform', { kind: 'release-result', ...actOn(result), input: release });
  const held = await itemToDecide(core, 'results');
  const untilOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const hold = { reason: 'discuss-first' as const, reasonText: null, untilOn };
  await ask(core, 'acts.perform', { kind: 'hold-result', ...actOn(held), input: hold });

  const sent = () => ask(core, 'outbox.list', { which: 'sent', limit: 20 });
  await until(sent, ({ total }) => total === 6);
  expect(await ask(core, 'outbox.list', { which: 'needs-you', limit: 20 })).toMatchObject({ total: 0 });
  expect(await onServer(`Task?_id=${row.taskId}`)).toMatchObject([
    { priority: 'urgent', performerType: [{ coding: [{ code: 'nurse' }] }] },
  ]);
  const ordered = decisions.filter(({ decision }) => decision === 'approve');
  const orders = await Promise.all(ordered.map(({ medicineId }) => onServer(`MedicationRequest?_id=${medicineId}`)));
  expect(orders.flat().map(({ status }) => status)).toEqual(ordered.map(() => 'completed'));
  if (result.kind !== 'result' || held.kind !== 'result') throw new Error('No result');
  expect(JSON.stringify(await onServer(`DiagnosticReport?_id=${result.result.reportId}`))).not.toContain('NOPAT');
  expect(JSON.stringify(await onServer(`DiagnosticReport?_id=${held.result.reportId}`))).toContain('NOPAT');
  expect(await onServer(`Task?_id=${held.item.taskId}`)).toMatchObject([
    { status: 'on-hold', owner: { reference: 'PractitionerRole/role-dr-rangi' } },
  ]);
  await core.stop();
});

/** The first open item of a list that Dr Rangi may decide on, as its reading pane shows it. */
async function itemToDecide(core: CoreProcess, view: 'repeats' | 'results') {
  const { rows } = await until(
    () => page(core, view),
    ({ total }) => total > 5,
  );
  for (const { key, status, ownerId } of rows) {
    if (ownerId !== null && ownerId !== 'role-dr-rangi') continue;
    const detail = await ask(core, 'items.detail', { itemKey: key });
    const isOpen =
      detail.kind === 'repeat' ? detail.request.medicines.length > 0 : detail.kind === 'result' && detail.result.gate.outcome !== 'blocked';
    if (isOpen && status !== 'on-hold' && detail.patient?.deceased.is === false) return detail;
  }
  throw new Error(`Nothing to decide in ${view}`);
}
