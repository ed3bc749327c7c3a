import type { After } from '../../electron/sync/engine/after.ts';
import { createSyncEngine, type SyncEngine } from '../../electron/sync/engine/engine.ts';
import { initialLoad } from '../../electron/sync/pull/initial-load.ts';
import type { Overlap } from '../../electron/sync/pull/overlap.ts';
import { pullRound } from '../../electron/sync/pull/pull.ts';
import { pushRound } from '../../electron/sync/push/push.ts';
import { findAtomic } from '../../electron/sync/push/transactions.ts';
import { createWriteContext } from '../../electron/sync/push/write-context.ts';
import type { Author } from './sync-acts.ts';
import type { SyncDesk } from './sync-desk.ts';

function pullDeps(desk: SyncDesk) {
  return { db: desk.store.db, portal: desk.portal, clock: desk.clock, onPage: () => undefined, stopped: () => false, random: Math.random };
}

/** One round of pulling, by hand. */
export function pull(desk: SyncDesk, overlap: Overlap = 'hot') {
  return pullRound(pullDeps(desk), overlap, { refusedTypes: new Set(), noBatch: false });
}

export function look(desk: SyncDesk) {
  return initialLoad(pullDeps(desk));
}

export interface PushTrace {
  readonly retired: string[];
  readonly bugs: unknown[];
}

/** The desk's own journal, telling too what was retired. */
function retiring({ journal }: SyncDesk, retired: string[]) {
  return {
    retire: (opId: string) => {
      journal.retire(opId);
      retired.push(opId);
    },
  };
}

/** Sends all that is due, by hand, without the waits after a lost answer. */
export async function push(desk: SyncDesk, author: Author, atomic?: boolean): Promise<PushTrace> {
  const trace: PushTrace = { retired: [], bugs: [] };
  const context = await createWriteContext(desk.client, desk.clock)(desk.store.db, author.staffId);
  if (!context) throw new Error('No capabilities or no role');
  const isAtomic = atomic ?? (await findAtomic(desk.store.db, desk.portal)) ?? false;
  await pushRound({
    ...{ db: desk.store.db, portal: desk.portal, clock: desk.clock, random: Math.random, context, atomic: isAtomic, lostAnswerMs: 0 },
    subject: author.subject,
    journal: retiring(desk, trace.retired),
    maySend: () => true,
    onFiled: () => undefined,
    onFailure: () => undefined,
    report: (bug) => trace.bugs.push(bug),
  });
  return trace;
}

export interface RunningEngine extends SyncEngine {
  readonly topics: string[];
  readonly retired: string[];
  readonly bugs: unknown[];
}

/** The real engine over a desk, polling often. `after`: its waits and delays, real ones unless told. */
export function startEngine(desk: SyncDesk, author: Author, after?: After): RunningEngine {
  const seen = { topics: [] as string[], retired: [] as string[], bugs: [] as unknown[] };
  const engine = createSyncEngine({
    store: desk.store,
    client: desk.client,
    clock: desk.clock,
    ...(after && { after }),
    random: { number: Math.random },
    announce: (topics) => seen.topics.push(...topics),
    session: author,
    journal: retiring(desk, seen.retired),
    report: (bug) => seen.bugs.push(bug),
    pollMs: { focused: 50, background: 200 },
    lostAnswerMs: 100,
  });
  engine.start();
  return { ...engine, ...seen };
}

/** Long enough for any machine: only what never comes is waited for to the end. */
const patienceMs = 60_000;

/** Waits until `holds`; throws when it never does. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
