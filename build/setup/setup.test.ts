import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCounts, playwrightCounts, vitestCounts } from './test-counts.mjs';
import { unzip } from './unzip.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-setup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a zip is unpacked under new names, with file modes, and without what is left out', () => {
  const zip = zipOf([
    { name: 'Outer/run', mode: 0o755, content: '#!/bin/sh' },
    { name: 'Outer/app/secret.txt', mode: 0o644, content: 'no' },
  ]);
  const target = join(folder, 'unpacked');
  unzip(zip, target, (name) => (name.includes('/app/') ? undefined : name.replace('Outer/', 'inner-')));
  expect(readFileSync(join(target, 'inner-run'), 'utf8')).toBe('#!/bin/sh');
  expect(statSync(join(target, 'inner-run')).mode & 0o777).toBe(0o755);
  expect(existsSync(join(target, 'Outer'))).toBe(false);
});

test('a zip that would write outside its folder is refused', () => {
  const zip = zipOf([{ name: '../outside.txt', mode: 0o644, content: 'x' }]);
  expect(() => unzip(zip, join(folder, 'inside'), (name) => name)).toThrow('outside its folder');
  expect(existsSync(join(folder, 'outside.txt'))).toBe(false);
});

test('two commands never hold the same lock at once, and a lock left by a killed one is taken over', async () => {
  const killed = lockedStep();
  await until(() => killed.holds);
  const waiting = [lockedStep(), lockedStep(), lockedStep()];
  await Promise.all(waiting.map(triedInVain));
  expect(waiting.filter(({ holds }) => holds)).toEqual([]);
  killed.child.kill('SIGKILL');

  for (let left = [...waiting]; left.length > 0; ) {
    await until(() => left.some(({ holds }) => holds));
    const others = left.filter(({ holds }) => !holds);
    await Promise.all(others.map(triedInVain));
    const [holder, ...more] = left.filter(({ holds }) => holds);
    expect(more).toEqual([]);
    holder?.child.send('end');
    if (holder) await once(holder.child, 'exit');
    left = others;
  }
});

test('a runner that failed outside every test does not end in "0 failed"', () => {
  expect(vitestCounts(join(folder, 'no-report.json'), 1)).toEqual({ passed: 0, failed: 1 });
  expect(playwrightCounts(reportOf({ stats: { expected: 3, unexpected: 0, flaky: 0 }, errors: [] }), 1)).toEqual({ passed: 3, failed: 1 });
});

test('counts add up: failing tests, and files that could not be loaded', () => {
  const units = vitestCounts(
    reportOf({ numPassedTests: 5, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [] }] }),
    1,
  );
  const journeys = playwrightCounts(reportOf({ stats: { expected: 2, unexpected: 1, flaky: 0 }, errors: [] }), 1);
  expect(addCounts(units, journeys)).toEqual({ passed: 7, failed: 3 });
});

function reportOf(report: object): string {
  const file = join(mkdtempSync(join(folder, 'report-')), 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

interface LockedStep {
  readonly child: ChildProcess;
  /** How often it has reached for the lock. */
  tries: number;
  holds: boolean;
}

/** A process that says when it reaches for the lock and when it has it, and holds it until it is told to end. */
function lockedStep(): LockedStep {
  const lock = fileURLToPath(new URL('./lock.mjs', import.meta.url));
  const script = `
    import fs from 'node:fs';
    import { once } from 'node:events';
    import { withLock } from ${JSON.stringify(lock)};
    const { linkSync } = fs;
    fs.linkSync = (...names) => {
      process.send('tries');
      linkSync(...names);
    };
    await withLock('a step', async () => {
      process.send('holds');
      await once(process, 'message');
    });
    process.disconnect();`;
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const step: LockedStep = { child, tries: 0, holds: false };
  child.on('message', (said) => {
    if (said === 'tries') step.tries += 1;
    else step.holds = true;
  });
  return step;
}

/** From now on it has reached for the lock once more at least, to the end; what it reached for last may still be open. */
async function triedInVain(step: LockedStep): Promise<void> {
  const before = step.tries;
  await until(() => step.holds || step.tries >= before + 2);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Writes a zip of stored (not compressed) files. */
function zipOf(files: readonly { name: string; mode: number; content: string }[]): string {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, content } of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), Buffer.from(content));
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(offset, 16);
  const file = join(mkdtempSync(join(folder, 'zip-')), 'files.zip');
  writeFileSync(file, Buffer.concat([...locals, ...directory, end]));
  return file;
}
