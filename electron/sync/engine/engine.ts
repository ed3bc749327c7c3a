import type { Topic } from '../../../shared/channels.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { FhirClient } from '../../fhir/client/client.ts';
import type { WriteDb } from '../../store/db.ts';
import { mergeWords } from '../../store/lists/word-index.ts';
import { trimLog } from '../../store/open/write-ahead-log.ts';
import { markInterrupted } from '../../store/outbox/outbox-send.ts';
import { rebuildProjections } from '../project/rebuild.ts';
import { createPullLoop } from '../pull/pull-loop.ts';
import { createAuditUpload } from '../push/audit-upload.ts';
import { createPushLoop } from '../push/push-loop.ts';
import { createWriteContext } from '../push/write-context.ts';
import { type After, afterRealTime } from './after.ts';
import { createChangeNotifier } from './change-notifier.ts';
import { type FhirGateway, toGateway } from './fhir-gateway.ts';
import { createSyncState } from './sync-state.ts';

export interface SyncEngineOptions {
  readonly store: { readonly db: WriteDb; readonly rebuildNeeded: boolean };
  readonly client: FhirClient;
  readonly clock: { now(): number };
  /** Its waits and delays; real time unless told. */
  readonly after?: After;
  readonly random: { number(): number };
  readonly announce: (topics: readonly Topic[]) => void;
  /** `staffId`: PractitionerRole that signs. */
  readonly session: { readonly subject: string; readonly staffId: string };
  readonly journal: { retire(opId: string): void };
  /** Hears of bugs, once each. */
  readonly report: (error: unknown) => void;
  /** Milliseconds between looks at the server while somebody watches, and while nobody does. */
  readonly pollMs?: { readonly focused: number; readonly background: number };
  readonly lostAnswerMs?: number;
}

export interface SyncEngine {
  start(): void;
  /** Resolves when nothing more will be written. A request on its way is left: at the next start it is asked about. */
  stop(): Promise<void>;
  /** Looks at the server now; resolves after that round. */
  syncNow(): Promise<void>;
  /** The computer woke or the network changed: forget the waits. */
  wake(): void;
  /** Something was queued. */
  pushSoon(): void;
  setFocused(focused: boolean): void;
  status(): SyncStatus;
}

const defaultPollMs = { focused: 5_000, background: 30_000 };
const defaultLostAnswerMs = 30_000;
/** Longest that a stop waits for a request on its way. */
const stopPatienceMs = 1_000;

interface Loops {
  readonly state: ReturnType<typeof createSyncState>;
  readonly notifier: ReturnType<typeof createChangeNotifier>;
  readonly pull: ReturnType<typeof createPullLoop>;
  readonly push: ReturnType<typeof createPushLoop>;
}

/** What changes while the engine runs, besides its state. */
interface Switches {
  stopped: boolean;
  focused: boolean;
}

/** Pull and push of one signed-in person's store: one pull at a time, the push beside it. */
export function createSyncEngine(options: SyncEngineOptions): SyncEngine {
  const { store } = options;
  const switches: Switches = { stopped: false, focused: true };
  const { state, notifier, pull, push } = connectLoops(options, switches);
  let running: Promise<unknown> = Promise.resolve();
  const recheck = () => {
    state.resetConnection();
    pull.idle.interrupt();
    push.idle.interrupt();
  };
  return {
    start() {
      markInterrupted(store.db);
      running = Promise.all([rebuildFirst(options, switches).then(() => pull.run()), push.run()]);
    },
    async stop() {
      switches.stopped = true;
      notifier.stop();
      pull.end();
      push.idle.interrupt();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, stopPatienceMs))]);
    },
    syncNow: () => pull.now(),
    wake: recheck,
    pushSoon: () => push.idle.interrupt(),
    setFocused(focused) {
      if (focused && !switches.focused) pull.idle.interrupt();
      switches.focused = focused;
    },
    status: () => state.status(),
  };
}

function connectLoops(options: SyncEngineOptions, switches: Switches): Loops {
  const { clock, after = afterRealTime, session, client, journal, report } = options;
  const { db } = options.store;
  const random = () => options.random.number();
  const stopped = () => switches.stopped;
  const notifier = createChangeNotifier(options.announce, after);
  const state = createSyncState(db, {
    onStatus: (status) => {
      if (!stopped()) notifier.sayStatus(status);
    },
    onOnline: () => push.idle.interrupt(),
  });
  const portal = withReachability(toGateway(client), () => {
    if (!stopped()) state.onReachable();
  });
  const guarded = guard(report, stopped, () => state.onBug());
  const writeContext = createWriteContext(client, clock);
  const handOverAudit = createAuditUpload();
  const shared = { db, portal, clock, after, random, stopped, state, guarded };
  const pull = createPullLoop({
    ...shared,
    pollMs: () => (options.pollMs ?? defaultPollMs)[switches.focused ? 'focused' : 'background'],
    onPage: (changed) => {
      // One small step each: left to pile up, the word index would merge itself in one stroke of seconds.
      mergeWords(db);
      trimLog(db);
      notifier.say('inbox', 'item');
      state.onTaken(changed);
    },
    afterRound: () => handOverAudit({ db, client, clock, writeContext: () => writeContext(db, session.staffId) }),
  });
  const { lostAnswerMs = defaultLostAnswerMs } = options;
  const push = createPushLoop({
    ...shared,
    ...{ journal, report, subject: session.subject, lostAnswerMs, askOnlyUntil: clock.now() + lostAnswerMs },
    writeContext: () => writeContext(db, session.staffId),
    onFiled: () => {
      notifier.say('outbox', 'inbox', 'item');
      if (!stopped()) notifier.sayStatus(state.status());
    },
  });
  return { state, notifier, pull, push };
}

async function rebuildFirst({ store, clock }: SyncEngineOptions, switches: Switches): Promise<void> {
  if (store.rebuildNeeded) await rebuildProjections({ db: store.db, clock }, () => switches.stopped);
}

/** The boundary of the loops: a bug is told once and the loop goes on after a pause, because an engine that stands still is a silent queue. */
function guard(report: (error: unknown) => void, stopped: () => boolean, onBug: () => void): (work: () => Promise<void>) => Promise<void> {
  return async (work) => {
    try {
      await work();
    } catch (error) {
      // The store is closed while a request is still on its way: at the next start its change is asked about.
      if (stopped()) return;
      report(error);
      onBug();
    }
  };
}

/** The same portal, telling of each answer that came: the only proof that the server is there. */
function withReachability(portal: FhirGateway, onAnswer: () => void): FhirGateway {
  const watched = async <T>(asked: Promise<Result<T, RequestFailure>>): Promise<Result<T, RequestFailure>> => {
    const answer = await asked;
    if (answer.ok) onAnswer();
    return answer;
  };
  return {
    search: (type, parameters) => watched(portal.search(type, parameters)),
    page: (type, url) => watched(portal.page(type, url)),
    batchSearch: (searches) => watched(portal.batchSearch(searches)),
    read: (type, id) => watched(portal.read(type, id)),
    send: (request) => watched(portal.send(request)),
  };
}
