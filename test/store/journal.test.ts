import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Disk, realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import type { QueuedChange } from '../../shared/changes/changes.ts';
import { changesIn, open, opIds } from './open-test-journal.ts';
import { aChange, aReply, claim, temporaryFolder } from './open-test-store.ts';

/** A journal with these changes; answers its path and the file's size after each record. */
function journalWith(changes: readonly QueuedChange[]): { path: string; sizes: readonly number[] } {
  const path = join(temporaryFolder(), 'intents.journal');
  const journal = open(path);
  const sizes = changes.map((change) => {
    journal.append(change, []);
    return statSync(path).size;
  });
  journal.close();
  return { path, sizes };
}

const three = () => [aChange(aReply('PLAINTEXTMARKER one')), aChange(claim), aChange(aReply('three'))];

describe('the journal', () => {
  test('gives back what was appended and not retired, after being closed and opened', () => {
    const changes = three();
    const { path } = journalWith(changes);
    const journal = open(path);
    expect(journal.condition).toBe('whole');
    expect(changesIn(journal)).toEqual(changes);
    journal.retire(changes[1]?.opId ?? '');
    journal.close();
    expect(changesIn(open(path))).toEqual([changes[0], changes[2]]);
  });

  test('is for this user only and shows none of its words', () => {
    const { path } = journalWith(three());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).includes('PLAINTEXTMARKER')).toBe(false);
    expect(readFileSync(path).includes('reply')).toBe(false);
  });

  test('cut off at any byte it gives every record that was whole, and goes on from there', () => {
    const changes = three();
    const { path, sizes } = journalWith(changes);
    const whole = readFileSync(path);
    const last = sizes.at(-1) ?? 0;
    for (let length = sizes[0] ?? 0; length < last; length += 7) {
      writeFileSync(path, whole.subarray(0, length));
      const journal = open(path);
      const complete = sizes.filter((size) => size <= length).length;
      expect(opIds(journal)).toEqual(changes.slice(0, complete).map(({ opId }) => opId));
      const next = aChange(claim);
      journal.append(next, []);
      journal.close();
      expect(opIds(open(path)).at(-1)).toBe(next.opId);
    }
  });

  test('a file cut off before its first record is a new journal', () => {
    const { path } = journalWith([]);
    writeFileSync(path, readFileSync(path).subarray(0, 15));
    expect(open(path).condition).toBe('new');
  });

  test('any flipped bit costs at most the record it is in and the next one, never gives other words, and is noticed', () => {
    const changes = [...three(), ...three(), ...three()];
    const { path, sizes } = journalWith(changes);
    const whole = readFileSync(path);
    for (let at = (sizes[0] ?? 0) - 60; at < (sizes.at(-2) ?? 0); at += 41) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      writeFileSync(path, bytes);
      const journal = open(path);
      expect(journal.condition).not.toBe('whole');
      const found = changesIn(journal);
      for (const change of found) expect(changes).toContainEqual(change);
      expect(found.length).toBeGreaterThanOrEqual(changes.length - 2);
      journal.close();
    }
    expect(readdirSync(dirname(path)).some((name) => name.includes('.damaged-'))).toBe(true);
  });

  test('a record put in the place of another one is not believed', () => {
    const { path, sizes } = journalWith([aChange(claim), aChange(claim), aChange(claim)]);
    const bytes = readFileSync(path);
    const [first = 0, second = 0, third = 0] = sizes;
    expect(second - first).toBe(third - second);
    const swapped = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, third), bytes.subarray(first, second)]);
    writeFileSync(path, swapped);
    const journal = open(path);
    expect(journal.condition).not.toBe('whole');
    expect(journal.entries()).toHaveLength(1);
  });

  test('with the wrong key nothing is written', () => {
    const { path } = journalWith(three());
    const before = readFileSync(path);
    expect(openJournal({ path, key: Buffer.alloc(32, 9), disk: realDisk })).toEqual({ ok: false, error: 'wrong-key' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is written anew when it is long and everything in it is over', () => {
    const path = join(temporaryFolder(), 'intents.journal');
    const journal = open(path);
    const long = 'x'.repeat(9000);
    for (let index = 0; index < 130; index += 1) {
      const change = aChange(aReply(long));
      journal.append(change, []);
      journal.retire(change.opId);
    }
    const numberBefore = journal.lastNumber();
    expect(numberBefore).toBeGreaterThanOrEqual(260);
    expect(statSync(path).size).toBeLessThan(300_000);
    const last = aChange(claim);
    journal.append(last, []);
    journal.close();
    const again = open(path);
    expect(again.lastNumber()).toBe(numberBefore + 1);
    expect(opIds(again)).toEqual([last.opId]);
  });

  test('when the disk refuses a write or an fsync the act fails, and the next one goes on from what is really there', () => {
    const path = join(temporaryFolder(), 'intents.journal');
    let failing: 'append' | 'sync' | 'none' = 'none';
    const fail = (what: 'append' | 'sync') => {
      if (failing === what) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const disk: Disk = {
      ...realDisk,
      openToAppend: (name) => {
        const file = realDisk.openToAppend(name);
        return {
          ...file,
          append: (bytes) => {
            if (failing === 'append') file.append(bytes.subarray(0, 20));
            fail('append');
            file.append(bytes);
          },
          sync: () => {
            fail('sync');
            file.sync();
          },
        };
      },
    };
    const journal = open(path, disk);
    const first = aChange(claim);
    journal.append(first, []);
    failing = 'append';
    expect(() => journal.append(aChange(claim), [])).toThrow('no space left');
    failing = 'none';
    const second = aChange(claim);
    journal.append(second, []);
    expect(opIds(journal)).toEqual([first.opId, second.opId]);
    failing = 'sync';
    const doubtful = aChange(claim);
    expect(() => journal.append(doubtful, [])).toThrow('no space left');
    failing = 'none';
    const third = aChange(claim);
    journal.append(third, []);
    journal.close();
    // The doubtful record did reach the file: it may come back as "please confirm", it is never lost and never called saved.
    expect(opIds(open(path))).toEqual([first.opId, second.opId, doubtful.opId, third.opId]);
  });
});
