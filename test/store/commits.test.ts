import { describe, expect, test } from 'vitest';
import { defineStatement, type ReadDb, type WriteDb } from '../../electron/store/db.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { trimLog } from '../../electron/store/open/write-ahead-log.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { aChange, anItem, claim, openTestStore } from './open-test-store.ts';

const synchronousSql = defineStatement('PRAGMA synchronous');
const lookSql = defineStatement('PRAGMA wal_checkpoint(NOOP)');
const [normal, full] = [{ synchronous: 1 }, { synchronous: 2 }];

const setting = (db: ReadDb) => db.read(synchronousSql).get();
const logOf = (db: ReadDb) => db.read(lookSql).get();

describe('a commit', () => {
  test('of an act is on the disk when it returns, also after one that the server can be asked for again, failed or not', () => {
    const { db } = openTestStore();
    db.refetchable(() => {
      saveWorkItem(db, anItem());
      expect(setting(db)).toEqual(normal);
    });
    expect(setting(db)).toEqual(full);
    expect(() =>
      db.refetchable(() => {
        throw new Error('cut short');
      }),
    ).toThrow('cut short');
    db.transaction(() => {
      enqueue(db, aChange(claim), { sendsAt: '2026-11-20T02:00:10.000Z', requestHash: 'h' });
      db.refetchable(() => expect(setting(db)).toEqual(full));
      expect(setting(db)).toEqual(full);
    });
    expect(setting(db)).toEqual(full);
  });
});

describe('the log', () => {
  function fill(db: WriteDb, pages: number): void {
    db.refetchable(() => {
      for (let index = 0; index < pages; index += 1)
        saveResource(db, { type: 'Task', id: `t${index}`, versionId: '1', lastUpdated: '2026-11-20T01:00:00Z', body: 'x'.repeat(7_000) });
    });
  }

  test('is not moved into the file by any commit, and by sync only when there is enough and nobody is acting', () => {
    const { db } = openTestStore();
    fill(db, 900);
    trimLog(db);
    expect(logOf(db)).toMatchObject({ checkpointed: 0 });
    fill(db, 5_000);
    expect(logOf(db)).toMatchObject({ checkpointed: 0 });
    saveWorkItem(db, anItem());
    trimLog(db);
    expect(logOf(db)).toMatchObject({ checkpointed: 0 });
    trimLog({ ...db, quietMs: () => 500 });
    expect(logOf(db)?.checkpointed).toBeGreaterThan(5_000);
    expect(logOf(db)?.checkpointed).toBe(logOf(db)?.log);
  });

  test('does not grow without end while somebody acts without a pause', () => {
    const { db } = openTestStore();
    fill(db, 16_100);
    saveWorkItem(db, anItem());
    trimLog(db);
    expect(logOf(db)?.checkpointed).toBe(logOf(db)?.log);
  });

  test('somebody who reads a list is there as much as somebody who acts', () => {
    const { db, reader } = openTestStore();
    expect(db.quietMs()).toBe(Number.POSITIVE_INFINITY);
    reader.read(synchronousSql);
    expect(db.quietMs()).toBeLessThan(60_000);
  });
});
