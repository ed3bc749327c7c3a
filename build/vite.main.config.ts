import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is left out of the bundle: the runtime itself and packages with native code, which the packaged app carries beside it. */
const external = ['electron', /^electron\//, 'better-sqlite3', '@node-rs/argon2'];

/** The shell, the core process and the demonstration portal, as ES modules for the older of the two Electrons. */
export default defineConfig({
  root,
  cacheDir: 'node_modules/.cache/vite-main',
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: 'out',
    emptyOutDir: false,
    target: 'node20.18',
    minify: false,
    rolldownOptions: {
      input: { main: 'electron/main.ts', core: 'electron/core.ts', 'demo-portal': 'electron/demo-portal.ts' },
      external,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
