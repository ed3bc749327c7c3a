import { afterAll, beforeEach, expect, test } from 'vitest';
import { type ServeContext, serveCall } from '../../electron/core/serve.ts';
import type { SessionControl } from '../../electron/features/session/session-control.ts';
import type { CoreChannel } from '../../shared/channels.ts';
import type { Role } from '../../shared/domain/staff.ts';
import { keyOf } from '../features/every-act.ts';
import { openPracticeDesk } from '../features/practice-desk.ts';
import { idleControl } from './idle-control.ts';

const practice = openPracticeDesk();
afterAll(() => practice.close());

interface Logged {
  readonly code: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}
let logged: Logged[] = [];
beforeEach(() => {
  logged = [];
});

function servedTo(role: Role | null, control: SessionControl = idleControl()): ServeContext {
  return {
    control,
    context: () => (role === null ? undefined : practice.as(role)),
    log: (_level, code, fields) => logged.push({ code, fields }),
    newReference: () => 'REF1',
  };
}

async function call(channel: CoreChannel | string, input: unknown, served = servedTo('gp')): Promise<unknown> {
  const answer = await serveCall({ id: 7, channel, input: typeof input === 'string' ? input : JSON.stringify(input) }, served);
  if (answer?.kind !== 'reply') throw new Error('No reply');
  expect(answer.id).toBe(7);
  return JSON.parse(answer.reply);
}

const subjectOf = (taskId: string) => ({ itemKey: keyOf(practice.desk, taskId), patientId: 'p1' });
const act = { opId: 'b8f1c4c6-6e0d-4b7e-9a50-0a4b6f6f3f01', seen: {} };

test('what is no request at all is logged and not answered', async () => {
  for (const raw of [undefined, null, 'text', 5, {}, { id: 'x' }, { id: 1, channel: 'inbox.page' }]) {
    expect(await serveCall(raw, servedTo('gp'))).toBeUndefined();
  }
  expect(logged.map(({ code }) => code)).toEqual(Array.from({ length: 7 }, () => 'not-a-request'));
});

test('a request beyond the size limit is not even parsed', async () => {
  const input = JSON.stringify({ text: 'x'.repeat(1_000_001) });
  expect(await serveCall({ id: 1, channel: 'inbox.search', input }, servedTo('gp'))).toBeUndefined();
});

test('unknown channels, broken JSON and wrong shapes are refused', async () => {
  expect(await call('inbox.drop-table', {})).toMatchObject({ error: { kind: 'invalid-input', field: 'channel' } });
  expect(await call('constructor', {})).toMatchObject({ error: { kind: 'invalid-input', field: 'channel' } });
  expect(await call('inbox.page', '{"view":')).toMatchObject({ error: { kind: 'invalid-input', problem: 'not JSON' } });
  expect(await call('inbox.page', { view: 'all', offset: -1, limit: 50, anchor: null })).toMatchObject({
    error: { kind: 'invalid-input', field: 'offset' },
  });
  expect(await call('session.status', { more: 1 })).toMatchObject({ error: { kind: 'invalid-input' } });
});

test('without an open store only the session can be asked', async () => {
  expect(await call('inbox.counts', {}, servedTo(null))).toEqual({ ok: false, error: { kind: 'no-session' } });
  expect(await call('session.status', {}, servedTo(null))).toMatchObject({ ok: true });
  expect(await call('sync.status', {}, servedTo(null))).toMatchObject({ ok: true });
});

test('reception may not approve a prescription or release a result, whatever the window says', async () => {
  const approve = { decision: 'approve', medicineId: 'losartan', acknowledged: [] };
  const decide = { kind: 'decide-repeat', ...act, subject: subjectOf('repeat'), input: { decisions: [approve], message: null } };
  expect(await call('acts.perform', decide, servedTo('reception'))).toEqual({
    ok: false,
    error: { kind: 'not-allowed', needs: 'approve-repeat' },
  });
  const input = { comment: null, noComment: true, contact: null };
  const release = { kind: 'release-result', ...act, subject: subjectOf('normal'), input };
  expect(await call('acts.perform', release, servedTo('nurse'))).toEqual({
    ok: false,
    error: { kind: 'not-allowed', needs: 'release-result' },
  });
});

test('a bug becomes a reference, and the log holds its place but none of its words', async () => {
  const control = {
    ...idleControl(),
    status: () => {
      throw new Error('Aroha Ngata ZAC5361');
    },
  };
  expect(await call('session.status', {}, servedTo('gp', control))).toEqual({
    ok: false,
    error: { kind: 'unexpected', reference: 'REF1' },
  });
  expect(logged).toMatchObject([{ code: 'call-failed', fields: { reference: 'REF1', channel: 'session.status' } }]);
  expect(JSON.stringify(logged)).not.toMatch(/Aroha|ZAC5361|\/work|\/home/);
});

test('a full disk is told as such', async () => {
  const control = {
    ...idleControl(),
    status: () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    },
  };
  expect(await call('session.status', {}, servedTo('gp', control))).toEqual({
    ok: false,
    error: { kind: 'storage', problem: 'disk-full' },
  });
});
