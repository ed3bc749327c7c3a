// Runs on the pinned Node, which @electron/fuses needs: node finish-stand-in.mjs <distribution folder>
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** What Electron's own default app does for `electron FOLDER`; this distribution comes without it. Top-level await keeps `ready` waiting. */
const defaultApp = `import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.';
const folder = path.resolve(given);
const { main, name, productName, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(folder);
await import(pathToFileURL(path.join(folder, main)).href);
`;

const [dist] = process.argv.slice(2);
if (!dist) throw new Error('Which distribution folder?');

await flipFuses(path.join(dist, 'electron'), {
  version: FuseVersion.V1,
  // Playwright attaches through --inspect.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: false,
});

const source = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-desk-default-app-'));
fs.writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'default-app', type: 'module', main: 'main.js' }));
fs.writeFileSync(path.join(source, 'main.js'), defaultApp);
await createPackage(source, path.join(dist, 'resources', 'default_app.asar'));
fs.rmSync(source, { recursive: true });
