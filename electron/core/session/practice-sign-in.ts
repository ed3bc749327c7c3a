import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { createClient } from '../../fhir/client/client.ts';
import { findPractitionerIdentity } from '../../fhir/sign-in/practitioner-identity.ts';
import { createFixedSession } from '../../fhir/sign-in/session.ts';
import { clientId, signIn } from '../../fhir/sign-in/sign-in.ts';
import type { SignInFailure } from '../../fhir/sign-in/sign-in-failure.ts';
import { realDisk } from '../../store/disk.ts';
import { createStoreKey, type StoreOwner } from '../../store/keys/keys.ts';
import { isLocalDisk, listStores, pathsOf, type StorePaths } from '../../store/open/local-disk.ts';
import type { CoreContext } from '../core-context.ts';
import { type FreshSignIn, keyPortsOf, openOwned, openWithKey, problemPhase, signedOutMark } from './practice-start.ts';
import type { Phase, Step } from './session-state.ts';

interface Attempt {
  /** FHIR base as the person gave it. */
  readonly server: string;
  readonly cancelled: AbortSignal;
  /** Set when a session is renewed: nobody else may take it over. */
  readonly expectedSubject?: string;
}

/** Sign-in in the person's own browser, then who they are at this practice. Nothing is stored yet. */
export async function signInAt(core: CoreContext, attempt: Attempt): Promise<Result<FreshSignIn, AppError>> {
  const { ports, link } = core;
  const baseUrl = attempt.server.replace(/\/+$/, '');
  const openBrowser = async (url: string): Promise<void> => {
    await link.openBrowser(url);
  };
  const signed = await signIn(
    { fetch: ports.fetch, now: ports.clock.now, openBrowser },
    {
      baseUrl,
      clientId,
      cancelled: attempt.cancelled,
      ...(attempt.expectedSubject !== undefined && { expectedSubject: attempt.expectedSubject }),
    },
  );
  if (!signed.ok) return failed(signed.error);
  const { subject, practitionerId, tokens } = signed.value;
  const { accessToken, renewToken } = createFixedSession(tokens.accessToken);
  const client = createClient(
    { fetch: ports.fetch, now: ports.clock.now, newRequestId: ports.random.uuid, accessToken, renewToken },
    { baseUrl, userAgent: `PortalDesk/${core.appVersion}` },
  );
  const who = await findPractitionerIdentity(client, practitionerId);
  if (!who.ok) return failed(who.error);
  const { staff, practiceName } = who.value;
  return ok({ identity: { server: baseUrl, practiceName, subject, staff }, granted: tokens });
}

function failed({ problem, detail }: SignInFailure): Result<never, AppError> {
  return err({ kind: 'sign-in-failed', problem, detail });
}

/** The store of whoever has signed in: theirs if there is one, else a new one, with the passphrase asked for where no keychain can be trusted. */
export async function openSignedIn(core: CoreContext, fresh: FreshSignIn): Promise<Phase> {
  if (!isLocalDisk(core.dataFolder, realDisk)) return problemPhase(core, undefined, 'not-a-local-disk', 'nothing');
  const paths = pathsOf(core.dataFolder, fresh.identity.server, fresh.identity.subject);
  rmSync(join(paths.folder, signedOutMark), { force: true });
  const known = listStores(core.dataFolder, realDisk).find((store) => store.paths.folder === paths.folder);
  if (known?.owner) return await openOwned(core, paths, known.owner, fresh);
  if (existsSync(paths.database)) return problemPhase(core, paths, 'damaged', 'store');
  const key = await createStoreKey(keyPortsOf(core, paths.folder), ownerOf(core, fresh), null);
  if (key.ok) return openWithKey(core, paths, fresh.identity.server, key.value, fresh);
  if (key.error === 'passphrase-needed')
    return { is: 'choose-passphrase', choose: (passphrase) => createWith(core, paths, fresh, passphrase) };
  return problemPhase(core, paths, 'keychain-unavailable', 'nothing');
}

async function createWith(core: CoreContext, paths: StorePaths, fresh: FreshSignIn, passphrase: string): Promise<Step> {
  const key = await createStoreKey(keyPortsOf(core, paths.folder), ownerOf(core, fresh), passphrase);
  if (!key.ok) return { to: problemPhase(core, paths, 'keychain-unavailable', 'nothing') };
  return { to: openWithKey(core, paths, fresh.identity.server, key.value, fresh) };
}

function ownerOf({ ports }: CoreContext, { identity }: FreshSignIn): StoreOwner {
  const { server, subject, practiceName, staff } = identity;
  return { storeId: ports.random.uuid(), server, subject, practiceName, userName: staff.name };
}
