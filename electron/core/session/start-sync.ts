import type { SyncPort } from '../../features/use-case-context.ts';
import type { FhirClient } from '../../fhir/client/client.ts';
import type { Journal } from '../../store/journal/journal.ts';
import type { StoreIdentity } from '../../store/open/identity.ts';
import type { Store } from '../../store/open/open.ts';
import { createSyncEngine } from '../../sync/engine/engine.ts';
import type { CoreContext } from '../core-context.ts';
import { errorFields } from '../error-fields.ts';

export interface RunningSync {
  /** What the screens and acts may ask of it. */
  readonly port: SyncPort;
  /** The computer woke, or the network is back: forget the waits. */
  readonly wake: () => void;
  /** Whether anybody looks at a window. */
  readonly setFocused: (focused: boolean) => void;
  readonly stop: () => Promise<void>;
}

interface SyncContext {
  readonly store: Store;
  readonly journal: Journal;
  readonly client: FhirClient;
  readonly identity: StoreIdentity;
}

/** Runs the sync of one person's store, with what the core has. */
export function startSync({ ports, link, announce }: CoreContext, { store, journal, client, identity }: SyncContext): RunningSync {
  const engine = createSyncEngine({
    store,
    client,
    clock: ports.clock,
    random: ports.random,
    announce,
    session: { subject: identity.subject, staffId: identity.staff.id },
    journal,
    report: (error) => link.log('error', 'sync-failed', errorFields(error)),
  });
  engine.start();
  return {
    port: {
      status: engine.status,
      syncNow: () => {
        void engine.syncNow();
      },
      wake: engine.pushSoon,
    },
    wake: engine.wake,
    setFocused: engine.setFocused,
    stop: engine.stop,
  };
}
