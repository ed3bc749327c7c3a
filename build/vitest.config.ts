import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Unit tests run in plain Node: importing Electron there would start a download, so the alias makes it an error that says what to do. */
export default defineConfig({
  root,
  cacheDir: 'node_modules/.cache/vitest',
  resolve: { alias: [{ find: /^electron(\/.*)?$/, replacement: fileURLToPath(new URL('./electron-in-tests.ts', import.meta.url)) }] },
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'node_modules/**'],
    environment: 'node',
    setupFiles: ['test/support/screen-time.ts'],
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    // Long enough for any machine: only what hangs ends by them.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
});
