import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auditToUpload, verifyAuditChain } from '../../electron/store/audit/audit.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import { recoverJournal } from '../../electron/store/journal/recover-journal.ts';
import { allOpenChanges } from '../../electron/store/outbox/outbox-rows.ts';
import { baseBodies } from '../../electron/store/outbox/outbox-send.ts';
import { openTestStore, temporaryFolder, testKey } from './open-test-store.ts';

const child = fileURLToPath(new URL('./acting-child.ts', import.meta.url));
const cycles = 16;

/** Runs the child until it has acknowledged `acts` acts and then a random moment longer; answers what it acknowledged. */
function actAndKill(folder: string, acts: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let problem = '';
    let isKilling = false;
    running.stderr.on('data', (bytes: Buffer) => {
      problem += bytes.toString();
    });
    running.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (isKilling || said.split('\n').length <= acts) return;
      isKilling = true;
      // Where in an act it strikes is left to chance; nothing below hangs on it.
      setTimeout(() => running.kill('SIGKILL'), Math.random() * 20);
    });
    running.on('close', (_code, signal) => {
      // A line that was cut off by the kill was not said.
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`The child ended by itself: ${problem}`));
    });
  });
}

test('kill -9 at random moments: every act that was called saved is there, once, with its audit row and its journal record', async () => {
  const folder = temporaryFolder();
  const acknowledged = new Set<string>();
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    for (const opId of await actAndKill(folder, 2 + Math.floor(Math.random() * 8))) acknowledged.add(opId);

    const store = openTestStore({ path: join(folder, 'cache.db'), mustExist: true });
    const journal = openJournal({ path: join(folder, 'intents.journal'), key: testKey, disk: realDisk });
    if (!journal.ok) throw new Error(journal.error);
    const { recovered, rejournalled, isRolledBack } = recoverJournal(store.db, journal.value, () => undefined);
    // At most the act under way: its record was on the disk and its COMMIT was not.
    expect(recovered).toBeLessThanOrEqual(1);
    expect({ rejournalled, isRolledBack }).toEqual({ rejournalled: 0, isRolledBack: false });

    const rows = allOpenChanges(store.db);
    const saved = new Set(rows.map(({ change }) => change.opId as string));
    expect([...acknowledged].filter((opId) => !saved.has(opId))).toEqual([]);
    expect(journal.value.entries()).toHaveLength(rows.length);
    const whole = rows.filter((row) => !row.recovered);
    expect(auditToUpload(store.db, 100_000)).toHaveLength(whole.length);
    expect(verifyAuditChain(store.db)).toEqual({ rows: whole.length, brokenAt: null });
    const last = whole.at(-1);
    expect(last && baseBodies(store.db, last.change.opId).size).toBe(1);
    expect(store.db.read(defineStatement('PRAGMA integrity_check')).get()).toEqual({ integrity_check: 'ok' });
    journal.value.close();
    store.close();
  }
  expect(acknowledged.size).toBeGreaterThan(cycles);
}, 120_000);
