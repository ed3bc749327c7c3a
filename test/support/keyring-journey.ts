import { join } from 'node:path';
import type { RunningApp } from './app.ts';
import { test as journey } from './journey.ts';
import { type KeyringSession, missingForKeyring, startKeyring } from './keyring.ts';

interface KeyringJourney {
  /** Logs in at a computer, in the place of whoever was; every app started from now on has that session's keyring. `null`: nobody unlocks it. */
  readonly logIn: (computer: string, password: string | null) => Promise<KeyringSession>;
  /** As `startDesktop`, with the keyring that has been logged in to. */
  readonly startWithKeyring: (name: string, ...args: readonly string[]) => Promise<RunningApp>;
}

const chromium = '--password-store=gnome-libsecret';

/** Journeys with a real keychain; skipped, visibly, where there is none to be had. */
export const test = journey.extend<KeyringJourney>({
  logIn: async ({ folder }, use, testInfo) => {
    const missing = missingForKeyring();
    testInfo.skip(missing !== undefined, missing);
    const before = { ...process.env };
    let session: KeyringSession | undefined;
    await use(async (computer, password) => {
      await session?.end();
      session = await startKeyring(join(folder, `${computer}-keyring`), password);
      // Each worker is a process of its own, and an app is started with what it has.
      Object.assign(process.env, session.env);
      return session;
    });
    await session?.end();
    for (const name of Object.keys(session?.env ?? {})) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  },
  startWithKeyring: async ({ logIn: _, startDesktop }, use) => {
    await use((name, ...args) => startDesktop(name, chromium, ...args));
  },
});
