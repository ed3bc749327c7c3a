import { randomUUID } from 'node:crypto';
import { performNow } from '../../electron/features/acts/perform.ts';
import { seenNow } from '../../electron/features/kinds/seen.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import { pageOfItems } from '../../electron/store/lists/inbox.ts';
import type { ActRequest } from '../../shared/changes/changes.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';
import { OpId } from '../../shared/ids.schema.ts';
import { type OpenProfile, openProfile, staffOf, theGp } from './fill-profile.ts';

export interface BenchDesk extends OpenProfile {
  readonly desk: UseCaseContext;
  readonly close: () => void;
}

const notSyncing = {
  state: 'starting',
  lastUpdateAt: null,
  progress: null,
  waiting: 0,
  needsAttention: 0,
  quarantined: 0,
  problem: null,
} as const;

/** A person at work on a profile, with the real store and journal and without a network. */
export async function openBenchDesk(profile: string): Promise<BenchDesk> {
  const opened = await openProfile(profile);
  const journal = openJournal({ path: opened.paths.journal, key: opened.key, disk: realDisk });
  if (!journal.ok) throw new Error(journal.error);
  const desk: UseCaseContext = {
    db: opened.store.db,
    reader: opened.store.reader,
    journal: journal.value,
    user: staffOf(opened.store.db),
    subject: 'bench',
    zone: 'Pacific/Auckland',
    now: Date.now,
    newId: randomUUID,
    announce: () => undefined,
    sync: { status: () => notSyncing, syncNow: () => undefined, wake: () => undefined },
    compareBodies: () => [],
  };
  const close = () => {
    journal.value.close();
    opened.store.close();
  };
  return { ...opened, desk, close };
}

/** Acts ready to be made, one on each of the first open items. */
export function preparedActs({ db }: UseCaseContext, count: number): readonly ActRequest<'set-priority'>[] {
  const items: WorkItem[] = [];
  for (let offset = 0; offset < count; offset += 200) {
    items.push(...pageOfItems(db, { view: 'all', staffId: theGp, pools: ['gp'], offset, limit: 200, anchor: null }).rows);
  }
  return items.slice(0, count).map((item) => ({
    kind: 'set-priority',
    opId: OpId.parse(randomUUID()),
    subject: { itemKey: item.key, patientId: item.patientId },
    seen: seenNow(db, item),
    input: { priority: item.priority === 'routine' ? 'urgent' : 'routine' },
  }));
}

/** Throws when the act was refused: a refusal costs nothing and would flatter the figure. */
export function makeAct(desk: UseCaseContext, request: ActRequest | undefined): void {
  const author = { staff: desk.user, subject: desk.subject };
  const reply = request && performNow(desk, { request, author, now: desk.now() }).reply;
  if (!reply?.ok) throw new Error(`The act was refused: ${JSON.stringify(reply)}`);
}
