import { randomUUID } from 'node:crypto';
import { setPriority } from '../../electron/features/acts/items.ts';
import { seenNow } from '../../electron/features/kinds/seen.ts';
import type { Desk } from '../../electron/features/use-case-context.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import { pageOfItems } from '../../electron/store/lists/inbox.ts';
import type { Input } from '../../shared/contract.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';
import { OpId } from '../../shared/ids.ts';
import { type OpenProfile, openProfile, staffOf, theGp } from './fill-profile.ts';

export interface BenchDesk extends OpenProfile {
  readonly desk: Desk;
  readonly close: () => void;
}

const notSyncing = {
  state: 'starting',
  lastUpdateAt: null,
  progress: null,
  waiting: 0,
  needsYou: 0,
  quarantined: 0,
  problem: null,
} as const;

/** A person at work on a profile, with the real store and journal and without a network. */
export async function openBenchDesk(profile: string): Promise<BenchDesk> {
  const opened = await openProfile(profile);
  const journal = openJournal({ path: opened.paths.journal, key: opened.key, disk: realDisk });
  if (!journal.ok) throw new Error(journal.error);
  const desk: Desk = {
    db: opened.store.db,
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
export function preparedActs({ db }: Desk, count: number): readonly Input<'items.set-priority'>[] {
  const items: WorkItem[] = [];
  for (let offset = 0; offset < count; offset += 200) {
    items.push(...pageOfItems(db, { view: 'all', staffId: theGp, pools: ['gp'], offset, limit: 200, anchor: null }).rows);
  }
  return items.slice(0, count).map((item) => ({
    opId: OpId.parse(randomUUID()),
    itemId: item.id,
    patientId: item.patientId,
    seen: seenNow(db, item),
    priority: item.priority === 'routine' ? 'urgent' : 'routine',
  }));
}

/** Throws when the act was refused: a refusal costs nothing and would flatter the figure. */
export function makeAct(desk: Desk, act: Input<'items.set-priority'> | undefined): void {
  const reply = act && setPriority(desk, act);
  if (!reply?.ok) throw new Error(`The act was refused: ${JSON.stringify(reply)}`);
}
