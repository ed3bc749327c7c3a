import { expect, test } from 'vitest';
import { auditOfItem, auditToUpload, markAuditUploaded, recordAudit, verifyAuditChain } from '../../electron/store/audit/audit.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { openTestStore } from './open-test-store.ts';

const entry = (opId: string) => ({
  opId,
  recordedAt: '2026-11-20T01:00:00.000Z',
  staffId: 's1',
  action: 'open',
  itemKey: 'message|Task/t1',
  taskId: 't1',
  patientId: 'p1',
  detail: '',
});

test('rows can be neither deleted nor rewritten, and each is written once', () => {
  const { db } = openTestStore();
  recordAudit(db, entry('a'));
  expect(() => db.write(defineStatement('DELETE FROM audit_event')).run()).toThrow('append-only');
  expect(() => db.write(defineStatement("UPDATE audit_event SET detail = 'x'")).run()).toThrow('append-only');
  expect(() => recordAudit(db, entry('a'))).toThrow('UNIQUE');
});

test('a row changed behind our back breaks the chain where it was changed', () => {
  const { db } = openTestStore();
  for (let index = 0; index < 20; index += 1) recordAudit(db, entry(`op-${index}`));
  expect(verifyAuditChain(db)).toEqual({ rows: 20, brokenAt: null });
  db.write(defineStatement('DROP TRIGGER audit_event_is_not_rewritten')).run();
  db.write(defineStatement("UPDATE audit_event SET patient_id = 'p2' WHERE seq = 7")).run();
  expect(verifyAuditChain(db)).toEqual({ rows: 6, brokenAt: 7 });
});

test('a row taken out of the middle breaks the chain', () => {
  const { db } = openTestStore();
  for (let index = 0; index < 5; index += 1) recordAudit(db, entry(`op-${index}`));
  db.write(defineStatement('DROP TRIGGER audit_event_is_append_only')).run();
  db.write(defineStatement('DELETE FROM audit_event WHERE seq = 3')).run();
  expect(verifyAuditChain(db).brokenAt).toBe(4);
});

test('what was uploaded is not offered again, and marking it leaves the chain whole', () => {
  const { db } = openTestStore();
  for (let index = 0; index < 5; index += 1) recordAudit(db, entry(`op-${index}`));
  const first = auditToUpload(db, 3).map(({ seq }) => seq);
  markAuditUploaded(db, first, '2026-11-20T02:00:00.000Z');
  expect(auditToUpload(db, 10).map(({ opId }) => opId)).toEqual(['op-3', 'op-4']);
  expect(verifyAuditChain(db)).toEqual({ rows: 5, brokenAt: null });
  expect(auditOfItem(db, 'message|Task/t1', 2).map(({ opId }) => opId)).toEqual(['op-3', 'op-4']);
});

test('an audit row is undone with the act it belongs to', () => {
  const { db } = openTestStore();
  expect(() =>
    db.transaction(() => {
      recordAudit(db, entry('a'));
      throw new Error('the act failed');
    }),
  ).toThrow('the act failed');
  expect(auditToUpload(db, 10)).toEqual([]);
});
