import { expect, test } from 'vitest';
import { auditToUpload, recordAudit } from '../../electron/store/audit/audit.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { storageProblemOf } from '../../electron/store/open/storage-problem.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { outboxCounts } from '../../electron/store/outbox/outbox-entries.ts';
import type { QueuedChange } from '../../shared/changes/changes.ts';
import { aChange, anItem, aReply, openTestStore } from './open-test-store.ts';

test('when the disk is full an act is refused whole and visibly, what was saved stays, and acting goes on when there is room', () => {
  const { db } = openTestStore();
  saveWorkItem(db, anItem());
  const act = (change: QueuedChange) =>
    db.transaction(() => {
      enqueue(db, change, { sendsAt: change.createdAt, requestHash: 'h' });
      recordAudit(db, {
        opId: change.opId,
        recordedAt: change.createdAt,
        staffId: 's1',
        action: 'reply',
        itemKey: 'message|Task/t1',
        taskId: 't1',
        patientId: 'p1',
        detail: '',
      });
    });
  const used = Number(db.read(defineStatement('PRAGMA page_count')).get()?.page_count);
  db.read(defineStatement(`PRAGMA max_page_count = ${used + 6}`)).get();
  let saved = 0;
  let problem: unknown;
  while (problem === undefined && saved < 1000) {
    try {
      act(aChange(aReply('x'.repeat(3000), true)));
      saved += 1;
    } catch (error) {
      problem = storageProblemOf(error);
    }
  }
  expect(problem).toBe('disk-full');
  expect(outboxCounts(db).waiting).toBe(saved);
  expect(auditToUpload(db, 2000)).toHaveLength(saved);
  expect(findItemOfTask(db, 't1')?.status).toBe('completed');

  db.read(defineStatement('PRAGMA max_page_count = 100000')).get();
  act(aChange(aReply('room again')));
  expect(outboxCounts(db).waiting).toBe(saved + 1);
});
