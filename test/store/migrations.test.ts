import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { findDraft, saveDraft } from '../../electron/store/marks/drafts.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { openStore } from '../../electron/store/open/open.ts';
import { markRebuilt } from '../../electron/store/open/rebuild.ts';
import { readSqlFiles } from '../../electron/store/schema/bundle-sql.ts';
import { durableMigrations, projectionsSql } from '../../electron/store/schema/sql-text.ts';
import { anItem, openTestStore, temporaryFolder, testKey } from './open-test-store.ts';

const nextSql = 'CREATE TABLE added (a TEXT NOT NULL) STRICT; INSERT INTO added (a) SELECT body FROM draft;';
const next = [...durableMigrations, { name: '0002-next.sql', sql: nextSql }];

function storeWithDraft(path: string) {
  const store = openTestStore({ path });
  saveDraft(store.db, { itemKey: 't1', kind: 'reply', text: 'Kia ora', savedAt: '2026-11-20T01:00:00.000Z' });
  saveResource(store.db, { type: 'Task', id: 't1', versionId: '1', lastUpdated: '2026-11-20T01:00:00Z', body: '{}' });
  saveWorkItem(store.db, anItem());
  return store;
}

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

test('sql-text.ts is what the .sql files say (else: node electron/store/schema/bundle-sql.ts, then biome)', () => {
  expect(hash([durableMigrations, projectionsSql])).toBe(hash([readSqlFiles().migrations, readSqlFiles().projections]));
});

describe('durable migrations', () => {
  test('a store of each earlier version is upgraded with all it holds, and a copy from before is kept under the same key', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithDraft(path).close();
    const upgraded = openTestStore({ path, schema: { migrations: next, projections: projectionsSql } });
    expect(upgraded.db.read(defineStatement('SELECT a FROM added')).all()).toEqual([{ a: 'Kia ora' }]);
    expect(upgraded.db.read(defineStatement('PRAGMA user_version')).get()).toEqual({ user_version: 2 });
    const copy = openTestStore({ path: `${path}.before-2` });
    expect(findDraft(copy.db, 't1', 'reply')?.text).toBe('Kia ora');
    expect(readFileSync(`${path}.before-2`).includes('Kia ora')).toBe(false);
  });

  test('a migration that fails half-way leaves the store as it was', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithDraft(path).close();
    const broken = [...durableMigrations, { name: '0002-broken.sql', sql: 'CREATE TABLE half (a TEXT) STRICT; CREATE TABLE outbox (a);' }];
    expect(() => openStore({ path, key: testKey, schema: { migrations: broken, projections: projectionsSql } })).toThrow();
    const store = openTestStore({ path });
    expect(findDraft(store.db, 't1', 'reply')?.text).toBe('Kia ora');
    expect(store.db.read(defineStatement("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'")).get()).toEqual({ n: 0 });
  });

  test('a file from a newer app is refused and stays byte for byte', () => {
    const path = join(temporaryFolder(), 'cache.db');
    openTestStore({ path, schema: { migrations: next, projections: projectionsSql } }).close();
    const before = readFileSync(path);
    expect(openStore({ path, key: testKey })).toEqual({ ok: false, error: 'newer-file' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a file whose migrations were other ones than ours is refused', () => {
    const path = join(temporaryFolder(), 'cache.db');
    openTestStore({ path }).close();
    const edited = durableMigrations.map((migration) => ({ ...migration, sql: `${migration.sql}\n-- edited` }));
    expect(openStore({ path, key: testKey, schema: { migrations: edited, projections: projectionsSql } })).toEqual({
      ok: false,
      error: 'newer-file',
    });
  });
});

describe('projections', () => {
  const otherProjections = `${projectionsSql}\nCREATE TABLE another (a TEXT NOT NULL) STRICT;`;

  test('another text of projections.sql drops and remakes them, keeps everything durable, and asks for a rebuild until it is done', () => {
    const path = join(temporaryFolder(), 'cache.db');
    storeWithDraft(path).close();
    const schema = { migrations: durableMigrations, projections: otherProjections };
    const renewed = openTestStore({ path, schema });
    expect(renewed.rebuildNeeded).toBe(true);
    expect(findItemOfTask(renewed.db, 't1')).toBeUndefined();
    expect(findDraft(renewed.db, 't1', 'reply')?.text).toBe('Kia ora');
    saveWorkItem(renewed.db, anItem());
    renewed.close();
    const again = openTestStore({ path, schema });
    expect(again.rebuildNeeded).toBe(true);
    expect(findItemOfTask(again.db, 't1')?.subject).toBe('Blood test');
    markRebuilt(again.db);
    again.close();
    expect(openTestStore({ path, schema }).rebuildNeeded).toBe(false);
    expect(
      openTestStore({ path }).db.read(defineStatement("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'another'")).get(),
    ).toEqual({ n: 0 });
  });

  test('a new store has nothing to rebuild', () => {
    expect(openTestStore().rebuildNeeded).toBe(false);
  });
});
