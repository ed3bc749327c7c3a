import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import type { FaultPoint } from '../../electron/demo/fhir-server/faults.ts';
import { listOutbox, outboxCounts } from '../../electron/store/outbox/outbox-entries.ts';
import { markInterrupted } from '../../electron/store/outbox/outbox-send.ts';
import { drRangi, kindFor } from '../support/sync-acts.ts';
import { openDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

const childFile = fileURLToPath(new URL('../support/sync-child.ts', import.meta.url));
let practice: SmallPractice;
let folder: string;

beforeAll(async () => {
  practice = await startSmallPractice();
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-killed-'));
});

afterAll(async () => {
  await practice.server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the desk until the server comes to `point` with its write, kills it there with SIGKILL, and lets the server finish. */
async function killAt(point: FaultPoint, args: readonly string[]): Promise<void> {
  let child: ChildProcess | undefined;
  let struck: string | undefined;
  const worked = Promise.withResolvers<void>();
  practice.faults.hook = (at, { method, requestId }) => {
    if (at === point && method !== 'GET' && struck === undefined) {
      struck = requestId;
      child?.kill('SIGKILL');
    }
    // Whether or not anybody hears the answer, by now the server has done all that it does.
    if (at === 'before-body' && requestId === struck) worked.resolve();
    return undefined;
  };
  child = spawn(process.execPath, [childFile, practice.server.baseUrl, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((resolve) => child?.on('exit', resolve));
  expect(struck).toBeDefined();
  await worked.promise;
  practice.faults.hook = undefined;
}

describe('kill -9 in the middle of sending', () => {
  const points = ['before-handling', 'before-commit', 'after-commit-before-answer', 'before-body'] as const;
  const cases = points.flatMap((point) => (['reply', 'decide-repeat', 'release-result'] as const).map((act) => ({ point, act })));
  test.each(cases)('$act, killed $point: after a restart it has happened once', async ({ point, act }) => {
    const itemKey = practice.free[kindFor(act)].shift() ?? '';
    const key = randomBytes(32);
    const path = join(folder, `${point}-${act}.db`);
    const seqBefore = readEffects(practice.server.database).at(-1)?.seq ?? 0;
    await killAt(point, [path, key.toString('hex'), itemKey, act]);
    const desk = openDesk({ baseUrl: practice.server.baseUrl, file: { path, key } });
    markInterrupted(desk.store.db);
    expect(outboxCounts(desk.store.db)).toMatchObject({ waiting: 1, needsAttention: 0 });
    await push(desk, drRangi, true);
    expect(listOutbox(desk.store.db, 'sent', 5).entries).toMatchObject([{ change: { change: { kind: act } }, state: 'done' }]);
    const written = readEffects(practice.server.database, seqBefore).map(({ type, id }) => `${type}/${id}`);
    expect(written.length).toBeGreaterThan(0);
    expect(new Set(written).size).toBe(written.length);
    expect(await pull(desk)).toEqual({ ok: true, value: 0 });
    desk.close();
  });
});
