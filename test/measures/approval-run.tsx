// @vitest-environment jsdom
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fireEvent, screen, within } from '@testing-library/react';
import { inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { portMessage } from '../../shared/bridge.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import type { PortRequest } from '../../shared/port-messages.ts';
import { ask, until } from '../core/asking.ts';
import { type CoreProcess, launchCore } from '../core/core-process.ts';
import { createBrowser } from '../portal/browser.ts';
import { watchFunctions } from './coverage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    run: {
      readonly isApproved: boolean;
      readonly portal: string;
      /** Of the person at the desk, to ask the portal what has arrived. */
      readonly token: string;
      /** Empty. Gets the coverage of the two processes in `page` and `core`. */
      readonly folder: string;
    };
  }
}

const run = inject('run');
const account = 'PractitionerRole/role-dr-rangi';
const itemKey = itemKeyOf('repeat', 'MedicationRequest/proposal-losartan');
const patience = { timeout: 60_000 };

/** Hands the page its port, and carries calls to the core and what it announces back. */
function joinPage(): { readonly announce: (topics: readonly string[]) => void; readonly carryTo: (core: CoreProcess) => void } {
  const { port1, port2 } = new MessageChannel();
  const event = new MessageEvent('message', { data: portMessage, source: window });
  Object.defineProperty(event, 'ports', { value: [port2] });
  return {
    announce: (topics) => port1.postMessage({ kind: 'changed', topics }),
    carryTo: (core) => {
      port1.onmessage = async ({ data: { id, channel, input } }: MessageEvent<PortRequest>) => {
        port1.postMessage({ kind: 'reply', id, reply: JSON.stringify(await core.callRaw(channel, input)) });
      };
      window.dispatchEvent(event);
    },
  };
}

async function auditedAtPortal(): Promise<number> {
  const headers = { authorization: `Bearer ${run.token}` };
  const answer = await fetch(`${run.portal}/AuditEvent?_summary=count`, { headers });
  return z.object({ total: z.number() }).parse(await answer.json()).total;
}

async function untilUpToDate(core: CoreProcess): Promise<void> {
  await until(
    () => ask(core, 'sync.status', {}),
    ({ state, waiting, needsAttention }) => state === 'up-to-date' && waiting + needsAttention === 0,
  );
}

/** Looks at the item until its audit is at the portal. It leaves with a poll, so that both run here, and not now and then. */
async function lookUntilAudited(core: CoreProcess): Promise<void> {
  const before = await auditedAtPortal();
  await ask(core, 'items.open', { itemKey });
  await until(auditedAtPortal, (count) => count > before);
  await untilUpToDate(core);
}

/** By the keys and the button that a GP uses; ends when the portal has it and the page shows so. */
async function approve(core: CoreProcess): Promise<void> {
  const { command } = await import('../renderer/shown-item.tsx');
  await command('repeat.tick');
  await screen.findByText('To be approved');
  await command('repeat.approve');
  const sheet = await screen.findByRole('dialog', { name: /^Approve repeat prescription/ });
  fireEvent.click(within(sheet).getByRole('button', { name: /^Approve and tell/ }));
  await screen.findByText(/approved, not sent yet/);
  await untilUpToDate(core);
  await screen.findByText(/^Approved/, undefined, patience);
}

async function openDesk(dataFolder: string): Promise<{ readonly core: CoreProcess; readonly user: Staff }> {
  const page = joinPage();
  const core = launchCore({
    dataFolder,
    keychain: 'gnome_libsecret',
    startDemoPortal: () => Promise.reject(new Error('No demonstration here')),
    openBrowser: (url) => void createBrowser().signIn(url, account),
    onChanged: page.announce,
  });
  onTestFinished(core.kill);
  await core.ready;
  await ask(core, 'session.sign-in', { server: run.portal });
  await untilUpToDate(core);
  const session = await ask(core, 'session.status', {});
  if (session.state !== 'open') throw new Error('Not signed in');
  const { connect } = await import('../../renderer/data/api.ts');
  connect();
  page.carryTo(core);
  return { core, user: session.user };
}

test('a repeat request is opened, and approved if told so', { timeout: 300_000 }, async () => {
  const take = await watchFunctions();
  process.env.NODE_V8_COVERAGE = join(run.folder, 'core');
  const { core, user } = await openDesk(join(run.folder, 'data'));
  const { showItem } = await import('../renderer/shown-item.tsx');
  const shown = await showItem(await ask(core, 'items.detail', { itemKey }), user);
  await lookUntilAudited(core);
  // Once more: what is made at the first time and used from the second on is no part of an approval.
  await lookUntilAudited(core);
  if (run.isApproved) await approve(core);
  await lookUntilAudited(core);
  shown.close();
  await core.stop();
  mkdirSync(join(run.folder, 'page'));
  writeFileSync(join(run.folder, 'page', 'coverage.json'), JSON.stringify(await take()));
});
