import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StorageProblem } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import { createSession } from '../../fhir/sign-in/session.ts';
import { clientId } from '../../fhir/sign-in/sign-in.ts';
import type { Granted } from '../../fhir/sign-in/token-refresh.ts';
import { realDisk } from '../../store/disk.ts';
import { type KeyContext, type KeyProblem, openStoreKey } from '../../store/keys/keys.ts';
import { findSessionToken, markTokenDead, markTokenInFlight, saveSessionToken } from '../../store/keys/session-token.ts';
import { type FoundStore, isLocalDisk, listStores, type StorePaths, setStoreAside } from '../../store/open/local-disk.ts';
import type { CoreContext } from '../core-context.ts';
import { type NewIdentity, type OpenProblem, type OpenSession, openSession } from './open-session.ts';
import type { Phase, Step } from './session-state.ts';

type Owner = NonNullable<FoundStore['owner']>;

/** What goes on after a fault of the core: in the shell's memory only. */
export const KeptPractice = z.object({
  kind: z.literal('practice'),
  paths: z.object({ folder: z.string(), database: z.string(), journal: z.string() }),
  server: z.string(),
  key: z.string(),
});
export type KeptPractice = z.infer<typeof KeptPractice>;

export const signedOutMark = 'signed-out';

/** Nobody's cache is shown after a sign-out: the mark stays until the same person signs in again. */
export function markSignedOut(paths: Pick<StorePaths, 'folder'>): void {
  realDisk.replace(join(paths.folder, signedOutMark), Buffer.alloc(0));
}

export function keyPortsOf({ link }: CoreContext, folder: string): KeyContext {
  return {
    disk: realDisk,
    folder,
    keychain: { backend: link.keychainBackend, seal: link.seal, unseal: link.unseal },
  };
}

/** The store last worked in, opened if the keychain opens it; otherwise what stands in the way, or the first-run screen. */
export async function openKnownPractice(core: CoreContext): Promise<Phase> {
  if (!isLocalDisk(core.dataFolder, realDisk)) return problemPhase(core, undefined, 'not-a-local-disk', 'nothing');
  const [last] = listStores(core.dataFolder, realDisk)
    .filter(({ paths }) => existsSync(paths.database) && !existsSync(join(paths.folder, signedOutMark)))
    .sort((a, b) => statSync(b.paths.database).mtimeMs - statSync(a.paths.database).mtimeMs);
  if (!last) return { is: 'first-run' };
  if (!last.owner) return problemPhase(core, last.paths, 'damaged', 'store');
  return await openOwned(core, last.paths, last.owner);
}

/** Opens a store that has a key file: by the keychain, or after its passphrase. */
export async function openOwned(core: CoreContext, paths: StorePaths, owner: Owner, fresh?: FreshSignIn): Promise<Phase> {
  if (owner.passphrase !== null) return lockedPhase(core, paths, owner, fresh);
  const key = await openStoreKey(keyPortsOf(core, paths.folder), null);
  return key.ok
    ? openWithKey(core, paths, owner.server, key.value, fresh)
    : problemPhase(core, paths, storageProblemOf(key.error), 'store', () => openOwned(core, paths, owner, fresh));
}

function lockedPhase(core: CoreContext, paths: StorePaths, owner: Owner, fresh?: FreshSignIn): Phase {
  const unlock = async (passphrase: string): Promise<Step> => {
    const key = await openStoreKey(keyPortsOf(core, paths.folder), passphrase);
    if (key.ok) return { to: openWithKey(core, paths, owner.server, key.value, fresh) };
    if (key.error === 'wrong-passphrase') return { stay: err({ kind: 'wrong-passphrase', attemptsLeft: null }) };
    const again = () => Promise.resolve(lockedPhase(core, paths, owner, fresh));
    return { to: problemPhase(core, paths, storageProblemOf(key.error), 'store', again) };
  };
  const { practiceName, userName, server } = owner;
  return { is: 'locked', practiceName, userName, server, unlock, startAgain: () => Promise.resolve(setAside(core, paths)) };
}

function storageProblemOf(problem: KeyProblem): StorageProblem {
  return problem === 'keychain-unavailable' || problem === 'keychain-changed'
    ? problem
    : problem === 'wrong-passphrase'
      ? 'wrong-key'
      : 'damaged';
}

export interface FreshSignIn {
  readonly identity: NewIdentity;
  readonly granted: Granted;
}

export function openWithKey(core: CoreContext, paths: StorePaths, server: string, key: Buffer, fresh?: FreshSignIn): Phase {
  const opened = openSession(core, {
    paths,
    key,
    identity: fresh?.identity ?? 'stored',
    baseUrl: server,
    fetch: core.ports.fetch,
    isFreshSignIn: fresh !== undefined,
    session: (db, onEnded) =>
      createSession(
        {
          fetch: core.ports.fetch,
          now: core.ports.clock.now,
          onEnded,
          tokens: {
            load: () => findSessionToken(db),
            save: (token) => saveSessionToken(db, token),
            markInFlight: (at) => markTokenInFlight(db, at),
            markDead: (at) => markTokenDead(db, at),
          },
        },
        { clientId, baseUrl: server, ...(fresh && { granted: fresh.granted }) },
      ),
  });
  if (!opened.ok) return openProblemPhase(core, paths, opened.error);
  const kept: KeptPractice = { kind: 'practice', paths, server, key: key.toString('base64') };
  core.link.keepForRestart(JSON.stringify(kept));
  const session: OpenSession = { ...opened.value, close: () => opened.value.close().finally(() => key.fill(0)) };
  return { is: 'open', session, demo: null, practice: { paths } };
}

/** The key has proved itself by opening its key file, so a database that it does not open is damaged, not somebody else's. */
function openProblemPhase(core: CoreContext, paths: StorePaths, { problem, of }: OpenProblem): Phase {
  const isDamage = problem === 'damaged' || problem === 'wrong-key';
  if (!isDamage) return problemPhase(core, paths, problem, 'nothing');
  return problemPhase(core, paths, 'damaged', of === 'database' ? 'database' : 'store');
}

/** Goes on with the store that was open when the core died, without asking for its passphrase again. */
export function resumePractice(core: CoreContext, kept: KeptPractice): Phase {
  return openWithKey(core, kept.paths, kept.server, Buffer.from(kept.key, 'base64'));
}

/** What `startAgain` moves out of the way; nothing is ever deleted (SAFETY D4). */
type Aside = 'nothing' | 'database' | 'store';

export function problemPhase(
  core: CoreContext,
  paths: StorePaths | undefined,
  problem: StorageProblem,
  aside: Aside,
  reopenStore: () => Promise<Phase> = () => openKnownPractice(core),
): Phase {
  return {
    is: 'storage-problem',
    problem,
    waitingChanges: null,
    reopenStore,
    startAgain: async () => {
      if (!paths || aside === 'nothing') return await openKnownPractice(core);
      // Damage to the database alone leaves key and journal good: what was not sent comes back from the journal, to be confirmed.
      return aside === 'database' ? setDatabaseAside(core, paths) : setAside(core, paths);
    },
  };
}

function stampOf({ ports }: CoreContext): string {
  return new Date(ports.clock.now()).toISOString();
}

function setAside(core: CoreContext, paths: StorePaths): Phase {
  setStoreAside(paths, realDisk, stampOf(core));
  return { is: 'first-run' };
}

function setDatabaseAside(core: CoreContext, paths: StorePaths): Phase {
  for (const suffix of ['', '-wal', '-shm']) {
    const path = `${paths.database}${suffix}`;
    if (existsSync(path)) renameSync(path, `${paths.database}.set-aside-${stampOf(core).replaceAll(/[^0-9A-Za-z]/g, '')}${suffix}`);
  }
  return { is: 'first-run' };
}
