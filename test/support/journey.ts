import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { type RunningApp, startApp } from './app.ts';
import { type PluggedPortal, startPluggedPortal } from './plugged-portal.ts';

interface Journey {
  /** A folder of this test's own, gone afterwards. */
  readonly folder: string;
  readonly portal: PluggedPortal;
  /** Starts the app of one desktop. The same name again: the same computer, started once more. */
  readonly startDesktop: (name: string, ...args: readonly string[]) => Promise<RunningApp>;
}

/** A journey's desktops and portal. A failure leaves a trace and, of each window, a picture. */
export const test = base.extend<Journey>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-desk-journey-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  portal: async ({ folder }, use) => {
    const portal = await startPluggedPortal(folder);
    await use(portal);
    await portal.close();
  },
  startDesktop: async ({ folder }, use, testInfo) => {
    const started: { readonly name: string; readonly app: RunningApp }[] = [];
    await use(async (name, ...args) => {
      const app = await startApp({ folder: join(folder, name), args });
      await app.electron.context().tracing.start({ screenshots: true, snapshots: true });
      started.push({ name, app });
      return app;
    });
    const isFailed = testInfo.status !== testInfo.expectedStatus;
    for (const [place, { name, app }] of started.entries()) {
      if (isFailed) await keepEvidence(app, `${name}-${place + 1}`, testInfo);
      await app.quit().catch(() => undefined);
    }
  },
});

async function keepEvidence({ window, electron }: RunningApp, name: string, testInfo: TestInfo): Promise<void> {
  // A window that a failing test has closed, or whose app has gone, has no picture; the first failure is the one to be told.
  await window.screenshot({ path: testInfo.outputPath(`${name}.png`) }).catch(() => undefined);
  await electron
    .context()
    .tracing.stop({ path: testInfo.outputPath(`${name}.zip`) })
    .catch(() => undefined);
}
