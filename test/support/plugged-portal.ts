import { join } from 'node:path';
import type { Effect } from '../../electron/demo/fhir-server/database.ts';
import { createFaultScript, type FaultScript } from '../portal/fault-script.ts';
import { type Portal, startPortal } from '../portal/start-portal.ts';
import { journeyPractice } from './journey-practice.ts';

/** A practice's portal whose network plug can be pulled: the server really stops listening, and later goes on with what its file holds. */
export interface PluggedPortal {
  readonly baseUrl: string;
  readonly signInAs: (account: string, address: string) => Promise<void>;
  readonly pullPlug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
  readonly faults: FaultScript;
  /** What the server committed since the practice was loaded; only while it is plugged in. */
  readonly effects: () => readonly Effect[];
  readonly close: () => Promise<void>;
}

export async function startPluggedPortal(folder: string): Promise<PluggedPortal> {
  const faults = createFaultScript();
  const options = { databasePath: join(folder, 'portal.sqlite'), enrolled: 0, faults: faults.hook };
  let portal: Portal | undefined = await startPortal(options);
  const { baseUrl } = portal;
  const port = Number(new URL(baseUrl).port);
  portal.load(journeyPractice(Date.now()));
  const loaded = portal.effects().at(-1)?.seq ?? 0;

  function plugged(): Portal {
    if (!portal) throw new Error('The plug is pulled');
    return portal;
  }
  async function pullPlug(): Promise<void> {
    await portal?.close();
    portal = undefined;
  }
  return {
    baseUrl,
    faults,
    signInAs: (account, address) => plugged().signInAs(account)(address),
    effects: () => plugged().effects(loaded),
    pullPlug,
    plugIn: async () => {
      portal ??= await startPortal({ ...options, port });
    },
    close: pullPlug,
  };
}
