import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** A sandboxed preload must be one CommonJS file, which is why it cannot share the main bundle's format and chunks. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vite-preload',
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'out',
    emptyOutDir: false,
    target: 'chrome130',
    minify: false,
    rolldownOptions: {
      input: { preload: 'electron/preload.ts' },
      external: ['electron', /^electron\//],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
