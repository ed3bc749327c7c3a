import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { ReadDb } from '../../electron/store/db.ts';
import { findItemOfTask, type ProjectedItem } from '../../electron/store/lists/work-item.ts';
import { openStore, type Store, type StoreOptions } from '../../electron/store/open/open.ts';
import { type Change, QueuedChange } from '../../shared/changes/changes.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';

export const testKey = Buffer.alloc(32, 7);

const folders: string[] = [];
const stores: Store[] = [];

/** Removed, with every store opened here, after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-desk-store-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A real encrypted file in a new folder, or in the one named. */
export function openTestStore(options: Partial<StoreOptions> = {}): Store {
  const opened = openStore({ path: join(temporaryFolder(), 'cache.db'), key: testKey, ...options });
  if (!opened.ok) throw new Error(`The store did not open: ${opened.error}`);
  stores.push(opened.value);
  return opened.value;
}

export function anItem({ id = 't1', ...values }: Partial<ProjectedItem> & { readonly id?: string } = {}): ProjectedItem {
  return {
    taskId: id,
    versionId: '1',
    kind: 'message',
    patientId: 'p1',
    familyName: 'Ngata',
    givenNames: 'Mere',
    nhi: 'ZAA0067',
    subject: 'Blood test',
    preview: 'Kia ora, when are my results due?',
    arrivedAt: '2026-11-20T01:00:00.000Z',
    newestAt: '2026-11-20T01:00:00.000Z',
    flags: [],
    // Each about a thing of its own, unless told: Tasks about one thing share its key.
    focusRef: id === 't1' ? 'Communication/c1' : `Communication/of-${id}`,
    identified: false,
    status: 'requested',
    ownerId: null,
    ownerName: null,
    pool: 'reception',
    priority: 'routine',
    dueAt: null,
    closedAt: null,
    ...values,
  };
}

/** The row of a Task as the lists show it. */
export function shownItem(db: ReadDb, taskId: string): WorkItem {
  const item = findItemOfTask(db, taskId);
  if (!item) throw new Error(`${taskId} has no row`);
  return item;
}

interface ChangeValues {
  readonly opId?: string;
  readonly taskId?: string;
  readonly patientId?: string;
  readonly authorId?: string;
  readonly authorSubject?: string;
  readonly createdAt?: string;
  readonly seen?: Record<string, string>;
}

export function aChange(change: Change, { taskId = 't1', ...values }: ChangeValues = {}): QueuedChange {
  return QueuedChange.parse({
    opId: randomUUID(),
    subject: { of: 'item', itemKey: `message|Task/${taskId}`, taskId },
    patientId: 'p1',
    authorId: 's1',
    authorName: 'Aroha Tane',
    authorSubject: 'user-1',
    createdAt: '2026-11-20T02:00:00.000Z',
    seen: {},
    change,
    ...values,
  });
}

export const claim = { kind: 'claim', v: 1 } as const;

export function aReply(text: string, finish = false): Change {
  return { kind: 'reply', v: 1, threadId: 'c1', inResponseTo: null, messageId: randomUUID(), text, finish, outcome: null };
}
