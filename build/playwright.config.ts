import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/**
 * Each worker has a virtual display of its own: two apps on one display take the keyboard focus from each other.
 * Playwright reads this file again in every worker, with the worker's number in the environment.
 */
const displays = process.env.PORTAL_DESK_DISPLAYS?.split(',');
const display = displays?.[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
if (display) process.env.DISPLAY = display;

const inRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  testDir: inRoot('test/e2e'),
  outputDir: inRoot('test-results'),
  workers: displays?.length ?? 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Long enough for any machine: only what never comes is waited for to the end.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['json', { outputFile: inRoot('node_modules/.cache/portal-desk/playwright.json') }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
