import type { StorageProblem } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { takeEffectHere } from '../../features/acts/here.ts';
import type { UseCaseContext } from '../../features/use-case-context.ts';
import { type ClientContext, createClient } from '../../fhir/client/client.ts';
import type { Session } from '../../fhir/sign-in/session.ts';
import type { WriteDb } from '../../store/db.ts';
import { realDisk } from '../../store/disk.ts';
import { type Journal, openJournal } from '../../store/journal/journal.ts';
import { recoverJournal, rememberedNumber } from '../../store/journal/recover-journal.ts';
import { findIdentity, type StoreIdentity, saveIdentity } from '../../store/open/identity.ts';
import type { StorePaths } from '../../store/open/local-disk.ts';
import { openStore, type Store } from '../../store/open/open.ts';
import { requeueAfterSignIn } from '../../store/outbox/outbox-send.ts';
import { compareBodies } from '../compare-bodies.ts';
import type { CoreContext } from '../core-context.ts';
import type { Fetch } from '../ports.ts';
import { startSync } from './start-sync.ts';

export interface OpenSession {
  readonly desk: UseCaseContext;
  readonly practiceName: string;
  /** FHIR base that the store belongs to. */
  readonly server: string;
  readonly signedIn: () => boolean;
  readonly wake: () => void;
  readonly setFocused: (focused: boolean) => void;
  /** Forgets the tokens here and at the server; cache and outbox stay, encrypted. */
  readonly signOut: () => Promise<void>;
  /** Stops the sync, moves the log into the file and closes it. Twice is the same as once. */
  readonly close: () => Promise<void>;
}

export type NewIdentity = Pick<StoreIdentity, 'server' | 'practiceName' | 'subject' | 'staff'>;

export interface SessionToOpen {
  readonly paths: StorePaths;
  readonly key: Buffer;
  /** `stored`: the store must be there and knows whose it is. */
  readonly identity: NewIdentity | 'stored';
  /** FHIR base to talk to. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly session: (db: WriteDb, onEnded: () => void) => Session;
  /** A person has just signed in: what waited for that goes on. */
  readonly isFreshSignIn: boolean;
}

/** What can't be opened, so that no more than that is moved out of the way. */
export interface OpenProblem {
  readonly problem: StorageProblem;
  readonly of: 'database' | 'journal';
}

/** Opens a person's store and begins to work: the journal is compared, what was interrupted is asked about, the sync runs. */
export function openSession(core: CoreContext, wanted: SessionToOpen): Result<OpenSession, OpenProblem> {
  const { paths, key, identity: whose } = wanted;
  realDisk.makeFolder(paths.folder);
  const store = openStore({ path: paths.database, key, sqliteBinding: core.sqliteBinding, mustExist: whose === 'stored' });
  if (!store.ok) return err({ problem: store.error, of: 'database' });
  const identity = identify(core, store.value.db, whose);
  if (!identity) {
    store.value.close();
    return err({ problem: 'wrong-key', of: 'journal' });
  }
  const journal = openWholeJournal(core, wanted, store.value.db);
  if (!journal.ok) {
    store.value.close();
    return err({ problem: journal.error, of: 'journal' });
  }
  recover(core, store.value.db, journal.value);
  if (wanted.isFreshSignIn) requeueAfterSignIn(store.value.db, identity.subject, new Date(core.ports.clock.now()).toISOString());
  return ok(work(core, wanted, { store: store.value, journal: journal.value, identity }));
}

/**
 * The key has just opened the database, so a journal that it does not open is damaged. While the database knows what was written there, all that
 * waits is in it too and goes into a new journal (SAFETY I21); the damaged one is kept beside.
 */
function openWholeJournal({ link, ports }: CoreContext, { paths, key }: SessionToOpen, db: WriteDb): ReturnType<typeof openJournal> {
  const options = { path: paths.journal, key, disk: realDisk };
  const journal = openJournal(options);
  if (journal.ok || (journal.error !== 'damaged' && journal.error !== 'wrong-key') || rememberedNumber(db) === 0) return journal;
  realDisk.rename(paths.journal, `${paths.journal}.damaged-${ports.random.uuid()}`);
  link.log('warn', 'journal-unreadable', { problem: journal.error });
  return openJournal(options);
}

/** Undefined: the store is somebody else's (SAFETY I14). */
function identify({ ports }: CoreContext, db: WriteDb, whose: NewIdentity | 'stored'): StoreIdentity | undefined {
  const known = findIdentity(db);
  if (whose === 'stored') return known;
  if (known && (known.subject !== whose.subject || known.server !== whose.server)) return undefined;
  saveIdentity(db, {
    storeId: known?.storeId ?? ports.random.uuid(),
    cipherSuite: known?.cipherSuite ?? 'sqlcipher-4-raw-256',
    createdAt: known?.createdAt ?? new Date(ports.clock.now()).toISOString(),
    ...whose,
  });
  return findIdentity(db);
}

function recover({ link }: CoreContext, db: WriteDb, journal: Journal): void {
  const { recovered, rejournalled, isRolledBack } = recoverJournal(db, journal, takeEffectHere);
  if (recovered + rejournalled > 0 || isRolledBack || journal.condition === 'damaged') {
    link.log('warn', 'journal-compared', { recovered, rejournalled, isRolledBack, condition: journal.condition });
  }
}

interface OpenContext {
  readonly store: Store;
  readonly journal: Journal;
  readonly identity: StoreIdentity;
}

function work(core: CoreContext, wanted: SessionToOpen, { store, journal, identity }: OpenContext): OpenSession {
  const { ports } = core;
  const session = wanted.session(store.db, () => core.announce(['session', 'sync', 'outbox']));
  const clientPorts: ClientContext = {
    fetch: wanted.fetch,
    now: ports.clock.now,
    newRequestId: ports.random.uuid,
    accessToken: session.accessToken,
    renewToken: session.renewToken,
  };
  const client = createClient(clientPorts, { baseUrl: wanted.baseUrl, userAgent: `PortalDesk/${core.appVersion}` });
  const sync = startSync(core, { store, journal, client, identity });
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await sync.stop();
    store.checkpoint();
    journal.close();
    store.close();
  }
  return {
    desk: {
      db: store.db,
      reader: store.reader,
      journal,
      user: identity.staff,
      subject: identity.subject,
      zone: 'Pacific/Auckland',
      now: ports.clock.now,
      newId: ports.random.uuid,
      announce: core.announce,
      sync: sync.port,
      compareBodies,
    },
    practiceName: identity.practiceName,
    server: identity.server,
    signedIn: session.isSignedIn,
    wake: sync.wake,
    setFocused: sync.setFocused,
    signOut: session.signOut,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
