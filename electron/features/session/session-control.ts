import type { DemoRole, SessionStatus } from '../../../shared/domain/session.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';

export type Done = Result<Record<string, never>, AppError>;

/** What starts and ends a session: it needs the network, the keychain and files, so it arrives as a port (core/session-lifecycle.ts). */
export interface SessionControl {
  readonly status: () => SessionStatus;
  readonly syncStatus: () => SyncStatus;
  readonly signIn: (server: string) => Promise<Done>;
  readonly cancelSignIn: () => Promise<Done>;
  readonly signOut: () => Promise<Done>;
  readonly startDemo: (role: DemoRole) => Promise<Done>;
  readonly leaveDemo: () => Promise<Done>;
  readonly choosePassphrase: (passphrase: string) => Promise<Done>;
  readonly unlock: (passphrase: string) => Promise<Done>;
  readonly reopenStore: () => Promise<Done>;
  readonly startAgain: () => Promise<Done>;
  readonly switchStaff: (staffId: string) => Promise<Done>;
  readonly setNetwork: (network: 'on' | 'off') => Promise<Done>;
}
