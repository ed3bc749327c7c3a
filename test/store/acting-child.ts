import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { recordAudit } from '../../electron/store/audit/audit.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import { appendIntent, recoverJournal } from '../../electron/store/journal/recover-journal.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { openStore } from '../../electron/store/open/open.ts';
import { enqueue } from '../../electron/store/outbox/outbox.ts';
import { QueuedChange } from '../../shared/changes/changes.ts';

/** A process that acts without end and says the id of each act once it is saved. Its parent kills it. */
const folder = process.argv[2] ?? '';
const key = Buffer.alloc(32, 7);
const opened = openStore({ path: join(folder, 'cache.db'), key });
const journalled = openJournal({ path: join(folder, 'intents.journal'), key, disk: realDisk });
if (!opened.ok || !journalled.ok) throw new Error('The store or its journal did not open');
const { db, checkpoint } = opened.value;
const journal = journalled.value;
recoverJournal(db, journal, () => undefined);

const createdAt = '2026-11-20T02:00:00.000Z';
for (let count = 0; ; count += 1) {
  const opId = crypto.randomUUID();
  const change = QueuedChange.parse({
    opId,
    subject: { of: 'item', itemKey: `message|Task/t${count % 50}`, taskId: `t${count % 50}` },
    patientId: 'p1',
    authorId: 's1',
    authorName: 'Aroha Tane',
    authorSubject: 'user-1',
    createdAt,
    seen: { 'Task/t1': String(count) },
    change: { kind: 'note', v: 1, noteId: opId, text: 'x'.repeat(300) },
  });
  db.transaction(() => {
    saveResource(db, { type: 'Task', id: 't1', versionId: String(count), lastUpdated: createdAt, body: `{"count":${count}}` });
    enqueue(db, change, { sendsAt: createdAt, requestHash: 'h' });
    recordAudit(db, {
      opId,
      recordedAt: createdAt,
      staffId: 's1',
      action: 'note',
      itemKey: null,
      taskId: `t${count % 50}`,
      patientId: 'p1',
      detail: '',
    });
    appendIntent(db, journal, change);
  });
  writeSync(1, `${opId}\n`);
  if (count % 40 === 39) checkpoint();
}
