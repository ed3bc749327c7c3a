import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type FhirClient } from '../../electron/fhir/client/client.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { type Journal, openJournal } from '../../electron/store/journal/journal.ts';
import { openStore, type Store } from '../../electron/store/open/open.ts';
import { type FhirGateway, toGateway } from '../../electron/sync/engine/fhir-gateway.ts';
import { ok } from '../../shared/result.ts';

export interface SyncDesk {
  readonly store: Store;
  readonly journal: Journal;
  readonly client: FhirClient;
  readonly portal: FhirGateway;
  readonly clock: { now(): number };
  /** Lets time pass for this desk: waits end at once. */
  readonly skip: (ms: number) => void;
  readonly close: () => void;
}

export interface DeskOptions {
  readonly baseUrl: string;
  readonly token?: string;
  readonly clock?: { now(): number };
  /** A store that is there already, or is to be found again later; kept when the desk closes. */
  readonly file?: { readonly path: string; readonly key: Buffer };
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** One desktop without screens: a real encrypted store and journal in a folder of their own, and the real client. */
export function openDesk({
  baseUrl,
  token = 'none',
  clock: outside = { now: Date.now },
  fetch = globalThis.fetch,
  file,
}: DeskOptions): SyncDesk {
  let skipped = 0;
  const clock = { now: () => outside.now() + skipped };
  const folder = mkdtempSync(join(tmpdir(), 'portal-desk-sync-'));
  const { path, key } = file ?? { path: join(folder, 'desk.db'), key: randomBytes(32) };
  const store = openStore({ path, key });
  if (!store.ok) throw new Error(store.error);
  const journal = openJournal({ path: `${path}.journal`, key, disk: realDisk });
  if (!journal.ok) throw new Error(journal.error);
  const client = createClient(
    {
      fetch,
      now: clock.now,
      newRequestId: randomUUID,
      accessToken: async () => ok(token),
      renewToken: async () => ({ ok: false, error: { kind: 'unauthenticated' } }),
    },
    { baseUrl, userAgent: 'portal-desk-test' },
  );
  return {
    store: store.value,
    journal: journal.value,
    client,
    portal: toGateway(client),
    clock,
    skip: (ms) => {
      skipped += ms;
    },
    close: () => {
      journal.value.close();
      store.value.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
