import { describe, expect, test } from 'vitest';
import { findSessionToken, markTokenDead, markTokenInFlight, saveSessionToken } from '../../electron/store/keys/session-token.ts';
import { dropDraft, findDraft, saveDraft } from '../../electron/store/marks/drafts.ts';
import { findCursor, saveCursor } from '../../electron/store/mirror/cursors.ts';
import {
  countResources,
  findResource,
  findVersion,
  markDeleted,
  resourcesAfter,
  saveResource,
  versionsOf,
} from '../../electron/store/mirror/mirror.ts';
import { countQuarantined, listQuarantine, quarantine, unquarantine } from '../../electron/store/mirror/quarantine.ts';
import { findIdentity, saveIdentity } from '../../electron/store/open/identity.ts';
import { StaffId } from '../../shared/ids.schema.ts';
import { openTestStore } from './open-test-store.ts';

const instant = '2026-11-20T01:00:00.000Z';

describe('the mirror', () => {
  const resource = (id: string, versionId = '1', body = `{"id":"${id}","value":1.10}`) => ({
    type: 'Task',
    id,
    versionId,
    lastUpdated: instant,
    body,
  });

  test('gives back the text exactly as it came, and the versions of what it has', () => {
    const { db } = openTestStore();
    const odd = '{"decimal":1.10,"text":"tēnā koe 🪶\\u0000","id":"a"}';
    saveResource(db, resource('a', '3', odd));
    saveResource(db, resource('b'));
    expect(findResource(db, 'Task', 'a')).toEqual(resource('a', '3', odd));
    expect(versionsOf(db, ['Task/a', 'Task/b', 'Task/none', 'Patient/a'])).toEqual({ 'Task/a': '3', 'Task/b': '1' });
  });

  test('what the server deleted is no longer found or counted; a new version brings it back', () => {
    const { db } = openTestStore();
    saveResource(db, resource('a'));
    markDeleted(db, 'Task', 'a');
    expect(findResource(db, 'Task', 'a')).toBeUndefined();
    expect(findVersion(db, 'Task', 'a')).toEqual({ versionId: '1', lastUpdated: instant, deleted: true });
    expect(versionsOf(db, ['Task/a'])).toEqual({});
    expect(countResources(db)).toEqual({});
    saveResource(db, resource('a', '2'));
    expect(findResource(db, 'Task', 'a')?.versionId).toBe('2');
  });

  test('all of one type are read in slices, while others are being written', () => {
    const { db } = openTestStore();
    for (let index = 0; index < 450; index += 1) saveResource(db, resource(`t${String(index).padStart(3, '0')}`));
    let read = 0;
    let after = '';
    for (;;) {
      const slice = resourcesAfter(db, 'Task', after, 200);
      for (const each of slice) saveResource(db, { ...each, versionId: '2' });
      read += slice.length;
      const last = slice.at(-1);
      if (!last) break;
      after = last.id;
    }
    expect(read).toBe(450);
    expect(countResources(db)).toEqual({ Task: 450 });
  });
});

describe('small durable things', () => {
  test('quarantine keeps the whole entry and its first day, and lets it go when it can be read', () => {
    const { db } = openTestStore();
    const entry = { ref: 'Task/x', type: 'Task', versionId: null, reason: 'No status', patientId: 'p1', body: '{', since: instant };
    quarantine(db, entry);
    quarantine(db, { ...entry, reason: 'No code', since: '2026-11-21T01:00:00.000Z' });
    expect(listQuarantine(db, 10)).toEqual([{ ref: 'Task/x', reason: 'No code', since: instant, patientId: 'p1' }]);
    expect(countQuarantined(db)).toEqual({ total: 1, byType: { Task: 1 } });
    unquarantine(db, 'Task/x');
    expect(countQuarantined(db).total).toBe(0);
  });

  test('a cursor is undone with the page it belongs to', () => {
    const { db } = openTestStore();
    const cursor = { type: 'Task', scope: '', watermark: instant, walkNext: null, walkHigh: null, serverDate: instant, completedAt: null };
    saveCursor(db, cursor);
    expect(() =>
      db.transaction(() => {
        saveCursor(db, { ...cursor, watermark: '2026-11-21T00:00:00Z' });
        throw new Error('page');
      }),
    ).toThrow('page');
    expect(findCursor(db, 'Task', '')).toEqual(cursor);
    expect(findCursor(db, 'Patient', '')).toBeUndefined();
  });

  test('a store belongs to one person at one server', () => {
    const { db } = openTestStore();
    const staff = { id: StaffId.parse('s1'), practitionerId: 'x1', name: 'Aroha Tane', role: 'gp', cpn: null } as const;
    const identity = {
      storeId: 'id',
      server: 'https://a',
      practiceName: 'Kauri',
      subject: 'u1',
      staff,
      cipherSuite: 'x',
      createdAt: instant,
    };
    saveIdentity(db, identity);
    saveIdentity(db, { ...identity, practiceName: 'Kauri Street', staff: { ...staff, role: 'manager' } });
    expect(findIdentity(db)).toEqual({ ...identity, practiceName: 'Kauri Street', staff: { ...staff, role: 'manager' } });
    expect(() => saveIdentity(db, { ...identity, subject: 'u2' })).toThrow('somebody else');
    expect(() => saveIdentity(db, { ...identity, server: 'https://b' })).toThrow('somebody else');
  });

  test('a refresh token in flight is known to be in flight, and a dead one is gone', () => {
    const { db } = openTestStore();
    saveSessionToken(db, {
      refreshToken: 'secret',
      tokenEndpoint: 'https://a/token',
      revocationEndpoint: 'https://a/revoke',
      scope: 'x',
      updatedAt: instant,
    });
    markTokenInFlight(db, instant);
    expect(findSessionToken(db)).toMatchObject({ state: 'in-flight', refreshToken: 'secret', revocationEndpoint: 'https://a/revoke' });
    markTokenDead(db, instant);
    expect(findSessionToken(db)).toMatchObject({ state: 'dead', refreshToken: null });
  });

  test('a draft is kept per item and kind until it is emptied or sent', () => {
    const { db } = openTestStore();
    saveDraft(db, { itemKey: 't1', kind: 'reply', text: 'Kia ora', savedAt: instant });
    saveDraft(db, { itemKey: 't1', kind: 'note', text: 'Rang', savedAt: instant });
    expect(findDraft(db, 't1', 'reply')).toEqual({ text: 'Kia ora', savedAt: instant });
    saveDraft(db, { itemKey: 't1', kind: 'reply', text: '', savedAt: instant });
    expect(findDraft(db, 't1', 'reply')).toBeUndefined();
    dropDraft(db, 't1', 'note');
    expect(findDraft(db, 't1', 'note')).toBeUndefined();
  });
});
