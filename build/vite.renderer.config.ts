import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page. Served from app:// under a strict CSP: nothing may end up inline, neither scripts nor data: fonts and images. */
export default defineConfig({
  root: fileURLToPath(new URL('../renderer', import.meta.url)),
  cacheDir: '../node_modules/.cache/vite-renderer',
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react()],
  css: { modules: { localsConvention: 'camelCaseOnly', generateScopedName: '[name]__[local]__[hash:base64:4]' } },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
