// node --import ./build/raw-imports.mjs …: lets plain Node import `./x.sql?raw` as Vite does, so that scripts run the sources as they are.
import fs from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('?raw')) return nextLoad(url, context);
    const text = fs.readFileSync(fileURLToPath(url.slice(0, -'?raw'.length)), 'utf8');
    return { format: 'module', source: `export default ${JSON.stringify(text)};`, shortCircuit: true };
  },
});
