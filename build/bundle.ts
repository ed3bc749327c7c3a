// Builds the shell, the core, the preload and the page into out/.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const configs = ['vite.main.config.ts', 'vite.preload.config.ts', 'vite.renderer.config.ts'];

await Promise.all(configs.map((file) => build({ configFile: fileURLToPath(new URL(file, import.meta.url)), mode: 'production' })));
