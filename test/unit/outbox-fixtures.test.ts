import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { QueuedChange } from '../../shared/changes/changes.ts';
import { actKinds, durableHashes, keptHashes, versionsOf } from '../support/durable-hashes.ts';

const folder = new URL('../fixtures/outbox/', import.meta.url);
const files = readdirSync(folder);
const wanted = actKinds.flatMap((kind) => versionsOf(kind).map((v) => ({ kind, v, file: `${kind}.v${v}.json` })));

/** A change as an app of that version left it in an outbox or a journal. */
const left = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe('what waits in an outbox', () => {
  test('of every act and every version of it there is one that was written then, and of nothing else', () => {
    expect(files.sort()).toEqual(wanted.map(({ file }) => file).sort());
  });

  test.each(wanted)('$file is still read, whole', ({ kind, v, file }) => {
    const read = QueuedChange.parse(left(file));
    expect(read.change).toMatchObject({ kind, v });
    expect(read).toEqual(left(file));
  });

  test.each(wanted)('$file is the same after it was kept once more', ({ file }) => {
    const read = QueuedChange.parse(left(file));
    expect(QueuedChange.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});

describe('what outlives a version of the app', () => {
  const now = durableHashes();
  const advice =
    'raise v and keep reading the old one, or add another .sql file (until the first release: node test/support/durable-hashes.ts)';

  test.each(Object.entries(now))('%s is as it was', (name, hash) => {
    expect(hash, `${name} has changed: ${advice}`).toBe(keptHashes()[name]);
  });

  test('nothing of it is gone', () => {
    expect(Object.keys(keptHashes()).sort(), `Something is gone: ${advice}`).toEqual(Object.keys(now).sort());
  });
});
