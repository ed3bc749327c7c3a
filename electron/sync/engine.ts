import { setImmediate as yieldToActs } from 'node:timers/promises';
import type { Topic } from '../../shared/channels.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import type { RequestFailure } from '../fhir/answer.ts';
import type { FhirClient } from '../fhir/client.ts';
import type { WriteDb } from '../store/db.ts';
import { outboxCounts } from '../store/outbox.ts';
import { markInterrupted, requeueAfterSignIn } from '../store/outbox-send.ts';
import { countQuarantined } from '../store/quarantine.ts';
import { mergeWords } from '../store/search.ts';
import { createAlarm } from './alarm.ts';
import { createAnnouncer } from './announcer.ts';
import { withJitter } from './backoff.ts';
import { afterFailure, type Connection, maySend, nextLookMs } from './connection.ts';
import { firstLook } from './first-look.ts';
import { createPace } from './pace.ts';
import { toPortal } from './portal.ts';
import { countHere, countOnServer, isFirstSync, lastCompleteAt, pullRound } from './pull.ts';
import { nextDueMs, pushRound } from './push.ts';
import { rebuildProjections } from './rebuild.ts';
import { stateOf } from './status.ts';
import { findAtomic } from './transactions.ts';
import { watchedPortal } from './watched-portal.ts';
import { createWriteContext } from './write-context.ts';

export interface SyncEngineOptions {
  readonly store: { readonly db: WriteDb; readonly rebuildNeeded: boolean };
  readonly client: FhirClient;
  readonly clock: { now(): number };
  readonly random: { number(): number };
  readonly announce: (topics: readonly Topic[]) => void;
  /** `staffId`: PractitionerRole that signs. */
  readonly session: { readonly subject: string; readonly staffId: string };
  readonly journal: { retire(opId: string): void };
  /** Hears of bugs, once each. */
  readonly report: (bug: unknown) => void;
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
  /** The author has signed in again: what was parked goes on. */
  signedIn(): void;
  status(): SyncStatus;
}

const defaultPollMs = { focused: 5_000, background: 30_000 };
const defaultLostAnswerMs = 30_000;
/** Longest that a stop waits for a request on its way. */
const stopPatienceMs = 1_000;

/** Pull and push of one signed-in person's store: one pull at a time, the push beside it. */
export function createSyncEngine(options: SyncEngineOptions): SyncEngine {
  const { clock, session, report } = options;
  const { db } = options.store;
  const random = () => options.random.number();
  const pollMs = options.pollMs ?? defaultPollMs;
  const pullAlarm = createAlarm();
  const pushAlarm = createAlarm();
  const announcer = createAnnouncer(options.announce);
  const pace = createPace(db);
  const writeContext = createWriteContext(options.client, clock);
  const leftOut = new Set<string>();
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  let roundWaiters: (() => void)[] = [];
  let connection: Connection = { is: 'unknown' };
  let focused = true;
  let busy = false;
  let complete = !isFirstSync(db);
  let lastUpdateAt = lastCompleteAt(db);
  let progress: SyncStatus['progress'] = null;

  const status = (): SyncStatus => {
    const { waiting, needsYou } = outboxCounts(db);
    const problem = connection.is === 'trouble' ? connection.problem : null;
    const state = stateOf({ connection, complete, busy, lastUpdateAt, progress });
    return { state, lastUpdateAt, progress, waiting, needsYou, quarantined: countQuarantined(db).total, problem };
  };
  const setConnection = (next: Connection) => {
    const wasSending = maySend(connection);
    connection = next;
    if (!stopped) announcer.sayStatus(status());
    if (!wasSending && maySend(next)) pushAlarm.ring();
  };
  const portal = watchedPortal(toPortal(options.client), () => {
    if (!stopped && connection.is !== 'online') setConnection({ is: 'online' });
  });
  const onFailure = (failure: RequestFailure) => {
    if (!stopped) setConnection(afterFailure(connection, failure));
  };
  const pullDeps = {
    db,
    portal,
    clock,
    stopped: () => stopped,
    onPage: (changed: number) => {
      busy = true;
      // One small step each: left to pile up, the word index would merge itself in one stroke of seconds.
      mergeWords(db);
      if (progress) progress = { ...progress, here: progress.here + changed };
      announcer.say('inbox', 'item');
      announcer.sayStatus(status());
    },
  };

  async function pullOnce(): Promise<void> {
    if (!complete) {
      progress ??= { here: countHere(db), about: 0 };
      const about = progress.about === 0 ? await countOnServer(pullDeps) : progress.about;
      progress = { ...progress, about: Math.max(about ?? 0, progress.here) };
      const looked = await firstLook(pullDeps);
      if (!looked.ok) return onFailure(looked.error);
    }
    const overlap = pace.due(clock.now());
    const pulled = await pullRound(pullDeps, overlap, leftOut);
    if (stopped) return;
    if (!pulled.ok) return onFailure(pulled.error);
    pace.done(overlap, clock.now());
    complete = true;
    progress = null;
    lastUpdateAt = new Date(clock.now()).toISOString();
    if (pulled.value > 0 || overlap !== 'hot') while (!stopped && mergeWords(db)) await yieldToActs();
  }

  async function pullLoop(): Promise<void> {
    if (options.store.rebuildNeeded) await rebuildProjections({ db, clock }, () => stopped);
    while (!stopped) {
      const waiters = roundWaiters;
      roundWaiters = [];
      await guarded(pullOnce);
      busy = false;
      for (const resolve of waiters) resolve();
      if (stopped) return;
      announcer.sayStatus(status());
      const poll = withJitter(focused ? pollMs.focused : pollMs.background, random);
      await pullAlarm.wait(roundWaiters.length > 0 ? 0 : nextLookMs(connection, poll, random));
    }
  }

  async function pushOnce(): Promise<void> {
    const due = nextDueMs({ db, clock, subject: session.subject });
    if (due !== 0 || !maySend(connection)) return;
    const context = await writeContext(db, session.staffId);
    if (!context) return;
    const atomic = (await findAtomic(db, portal)) ?? false;
    const lostAnswerMs = options.lostAnswerMs ?? defaultLostAnswerMs;
    await pushRound({
      ...{
        db,
        portal,
        clock,
        random,
        context,
        atomic,
        journal: options.journal,
        lostAnswerMs,
        subject: session.subject,
        report,
        onFailure,
      },
      maySend: () => !stopped && maySend(connection),
      onFiled: () => {
        announcer.say('outbox', 'inbox', 'item');
        announcer.sayStatus(status());
      },
    });
  }

  async function pushLoop(): Promise<void> {
    while (!stopped) {
      await guarded(pushOnce);
      if (stopped) return;
      const due = nextDueMs({ db, clock, subject: session.subject });
      // Due and still here: the connection or the context is missing, and who brings it rings.
      await pushAlarm.wait(due === 0 ? (maySend(connection) ? 1_000 : null) : due);
    }
  }

  /** The boundary of the loops: a bug is told once and the loop goes on after a pause, because an engine that stands still is a silent queue. */
  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (bug) {
      if (stopped) return;
      report(bug);
      setConnection({ is: 'trouble', failures: 3, problem: 'Something went wrong inside Portal Desk while it updated.' });
    }
  }

  return {
    start() {
      markInterrupted(db);
      running = Promise.all([pullLoop(), pushLoop()]);
    },
    async stop() {
      stopped = true;
      announcer.stop();
      pullAlarm.ring();
      pushAlarm.ring();
      for (const resolve of roundWaiters) resolve();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, stopPatienceMs))]);
    },
    syncNow() {
      return new Promise((resolve) => {
        if (stopped) return resolve();
        roundWaiters.push(resolve);
        pullAlarm.ring();
      });
    },
    wake() {
      if (connection.is !== 'signed-out') setConnection({ is: 'unknown' });
      pullAlarm.ring();
      pushAlarm.ring();
    },
    pushSoon: () => pushAlarm.ring(),
    setFocused(next) {
      if (next && !focused) pullAlarm.ring();
      focused = next;
    },
    signedIn() {
      requeueAfterSignIn(db, session.subject, new Date(clock.now()).toISOString());
      setConnection({ is: 'unknown' });
      pullAlarm.ring();
      pushAlarm.ring();
    },
    status,
  };
}
