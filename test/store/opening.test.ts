import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { indexWords } from '../../electron/store/lists/word-index.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { saveDraft } from '../../electron/store/marks/drafts.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { quarantine } from '../../electron/store/mirror/quarantine.ts';
import { configure, findWrongSettings, unlock } from '../../electron/store/open/connection-pragmas.ts';
import { openStore } from '../../electron/store/open/open.ts';
import { anItem, openTestStore, temporaryFolder, testKey } from './open-test-store.ts';

const marker = 'PLAINTEXTMARKERZAA0067';

function storeWithMarkers(path: string) {
  const store = openTestStore({ path });
  store.db.transaction(() => {
    const row = saveWorkItem(store.db, anItem({ subject: marker, familyName: marker }));
    indexWords(store.db, row, `${marker} and more words`);
    saveResource(store.db, { type: 'Task', id: 't1', versionId: '1', lastUpdated: '2026-11-20T01:00:00Z', body: `{"x":"${marker}"}` });
    saveDraft(store.db, { itemKey: 't1', kind: 'reply', text: marker.repeat(2000), savedAt: '2026-11-20T01:00:00.000Z' });
    quarantine(store.db, {
      ref: 'Task/x',
      type: 'Task',
      versionId: null,
      reason: marker,
      patientId: null,
      body: marker,
      since: '2026-11-20T01:00:00Z',
    });
  });
  return store;
}

const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

describe('the opening ritual', () => {
  test('every setting is as the store demands on first open and again on each reopen', () => {
    const path = join(temporaryFolder(), 'cache.db');
    for (let opens = 0; opens < 3; opens += 1) {
      const store = openTestStore({ path });
      expect(store.db.read(defineStatement('PRAGMA synchronous')).get()).toEqual({ synchronous: 2 });
      expect(store.db.read(defineStatement('PRAGMA temp_store')).get()).toEqual({ temp_store: 2 });
      expect(store.db.read(defineStatement('PRAGMA secure_delete')).get()).toEqual({ secure_delete: 1 });
      expect(store.db.read(defineStatement('PRAGMA trusted_schema')).get()).toEqual({ trusted_schema: 0 });
      expect(store.db.read(defineStatement('PRAGMA journal_mode')).get()).toEqual({ journal_mode: 'wal' });
      expect(store.db.read(defineStatement('PRAGMA page_size')).get()).toEqual({ page_size: 8192 });
      store.close();
    }
  });

  test('a connection without the ritual is found out by the read-back', () => {
    const path = join(temporaryFolder(), 'cache.db');
    openTestStore({ path }).close();
    const bare = new Database(path);
    unlock(bare, testKey);
    expect(findWrongSettings(bare)).toEqual(expect.arrayContaining(['synchronous', 'temp_store', 'trusted_schema', 'cell_size_check']));
    configure(bare);
    expect(findWrongSettings(bare)).toEqual([]);
    bare.pragma('synchronous=NORMAL');
    expect(findWrongSettings(bare)).toEqual(['synchronous']);
    bare.close();
  });

  test('the file, its WAL and their folder are for this user only', () => {
    const folder = join(temporaryFolder(), 'new');
    storeWithMarkers(join(folder, 'cache.db'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of filesIn(folder)) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('nothing that was written can be read in the file, the WAL or the copy made before a migration', () => {
    const folder = temporaryFolder();
    const store = storeWithMarkers(join(folder, 'cache.db'));
    const beforeCheckpoint = filesIn(folder).map((file) => readFileSync(file));
    store.checkpoint();
    expect(beforeCheckpoint.length).toBeGreaterThan(1);
    for (const bytes of [...beforeCheckpoint, ...filesIn(folder).map((file) => readFileSync(file))]) {
      expect(bytes.includes(marker)).toBe(false);
      expect(bytes.includes('SQLite format 3')).toBe(false);
    }
  });
});

describe('a file that is not to be opened', () => {
  test('with the wrong key nothing is written and nothing is deleted', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithMarkers(path).close();
    const before = readFileSync(path);
    expect(openStore({ path, key: randomBytes(32) })).toEqual({ ok: false, error: 'wrong-key' });
    expect(openStore({ path, key: Buffer.alloc(16) })).toEqual({ ok: false, error: 'wrong-key' });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(openTestStore({ path }).db.read(defineStatement('SELECT count(*) AS n FROM work_item')).get()).toEqual({ n: 1 });
  });

  test('a damaged first page under the right key is called damaged, not wrong-key', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithMarkers(path).close();
    const bytes = readFileSync(path);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(openStore({ path, key: testKey })).toEqual({ ok: false, error: 'damaged' });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a bit flipped anywhere is noticed when the page is read, never shown', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithMarkers(path).close();
    const whole = readFileSync(path);
    let noticed = 0;
    for (let page = 1; page < whole.length / 8192; page += 1) {
      const bytes = Buffer.from(whole);
      const at = page * 8192 + 4000;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      const opened = openStore({ path, key: testKey });
      if (!opened.ok) {
        expect(opened.error).toBe('damaged');
        noticed += 1;
        continue;
      }
      // Throws for a bad page; an empty list says that the page held nothing (a free page).
      try {
        expect(opened.value.db.read(defineStatement('PRAGMA cipher_integrity_check')).all().length).toBeGreaterThanOrEqual(0);
        opened.value.db.read(defineStatement('PRAGMA integrity_check')).all();
      } catch {
        noticed += 1;
      }
      try {
        opened.value.close();
      } catch {
        // Closing a damaged file may fail; the next round writes it anew.
      }
    }
    expect(noticed).toBe(whole.length / 8192 - 1);
  });

  test('a plain SQLite file is refused', () => {
    const path = join(temporaryFolder(), 'cache.db');
    const plain = new Database(path);
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    expect(openStore({ path, key: testKey }).ok).toBe(false);
  });

  test('a file that should be there and is not is damage, not a new store', () => {
    expect(openStore({ path: join(temporaryFolder(), 'cache.db'), key: testKey, mustExist: true })).toEqual({
      ok: false,
      error: 'damaged',
    });
  });
});
