import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { conservation } from '../../electron/store/mirror/resource-accounting.ts';
import { rebuildProjections } from '../../electron/sync/project/rebuild.ts';
import { drRangi, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice();
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(desk);
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

const tables = [
  'patient',
  'allergy',
  'proxy',
  'staff',
  'thread',
  'message',
  'internal_note',
  'medicine_request',
  'test_report',
  'measurement',
  'consultation',
  'filtered',
  'projection_dependency',
  'item_words_hash',
  'work_item',
];

test('projections that were dropped are made again from the mirror, without the server, and our waiting acts stay on top', async () => {
  const { db } = desk.store;
  const itemKey = practice.free.message[0] ?? '';
  queueAct(desk, itemKey, 'claim', drRangi);
  const before = { counts: conservation(db), item: findItemOfTask(db, itemKey) };
  expect(before.item).toMatchObject({ ownerId: drRangi.staffId, pending: 'waiting' });
  for (const table of tables) db.write(defineStatement(`DELETE FROM ${table}`)).run();
  expect(findItemOfTask(db, itemKey)).toBeUndefined();
  await practice.server.close();
  await rebuildProjections({ db, clock: desk.clock }, () => false);
  expect(conservation(db)).toEqual(before.counts);
  expect(findItemOfTask(db, itemKey)).toEqual(before.item);
  practice = await startSmallPractice();
});
