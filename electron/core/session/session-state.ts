import type { SessionStatus } from '../../../shared/domain/session.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { StorageProblem } from '../../../shared/errors.ts';
import type { Done } from '../../features/session/session-control.ts';
import type { StorePaths } from '../../store/open/local-disk.ts';
import type { OpenSession } from './open-session.ts';

export interface RunningDemo {
  readonly staff: readonly Staff[];
  readonly network: () => 'on' | 'off';
  readonly setNetwork: (network: 'on' | 'off') => void;
  /** Undefined: nobody of that id works here. */
  readonly switchStaff: (staffId: string) => Promise<Phase | undefined>;
  /** Ends the demonstration portal. */
  readonly end: () => Promise<void>;
}

/** Where the core stands. Each state carries what can be done from it, so that nothing can be done from another. */
export type Phase =
  | { readonly is: 'starting' }
  | { readonly is: 'first-run' }
  | { readonly is: 'signing-in'; readonly server: string }
  | { readonly is: 'choose-passphrase'; readonly choose: (passphrase: string) => Promise<Step> }
  | {
      readonly is: 'locked';
      readonly practiceName: string;
      readonly userName: string;
      readonly server: string;
      readonly unlock: (passphrase: string) => Promise<Step>;
      readonly startAgain: () => Promise<Phase>;
    }
  | {
      readonly is: 'open';
      readonly session: OpenSession;
      readonly demo: RunningDemo | null;
      readonly practice: { readonly paths: StorePaths } | null;
    }
  | {
      readonly is: 'storage-problem';
      readonly problem: StorageProblem;
      readonly waitingChanges: number | null;
      /** Changes nothing, whatever comes of it. */
      readonly reopenStore: () => Promise<Phase>;
      readonly startAgain: () => Promise<Phase>;
    };

/** What a passphrase led to: another phase, or a reply that leaves all as it was. */
export type Step = { readonly to: Phase } | { readonly stay: Done };

export const minimumPassphrase = 15;

export function statusOf(phase: Phase): SessionStatus {
  switch (phase.is) {
    case 'starting':
    case 'first-run':
      return { state: phase.is };
    case 'signing-in':
      return { state: 'signing-in', server: phase.server };
    case 'choose-passphrase':
      return { state: 'choose-passphrase', minimumLength: minimumPassphrase };
    case 'locked':
      return { state: 'locked', practiceName: phase.practiceName, userName: phase.userName };
    case 'storage-problem':
      return { state: 'storage-problem', problem: phase.problem, waitingChanges: phase.waitingChanges };
    case 'open': {
      const { session, demo } = phase;
      return {
        state: 'open',
        user: session.desk.user,
        practiceName: session.practiceName,
        server: session.server,
        signedIn: session.signedIn(),
        demo: demo && { staff: [...demo.staff], network: demo.network() },
      };
    }
  }
}
