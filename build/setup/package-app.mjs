import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { capture, SetupError, withPinnedNode } from './run.mjs';

const dist = path.join(root, 'dist');

/** Where electron-builder puts the app for this machine, and what starts it. */
const places = {
  linux: { folder: 'linux-unpacked', executable: 'portal-desk', resources: 'resources' },
  win32: { folder: 'win-unpacked', executable: 'Portal Desk.exe', resources: 'resources' },
  darwin: {
    folder: process.arch === 'arm64' ? 'mac-arm64' : 'mac',
    executable: 'Portal Desk.app/Contents/MacOS/Portal Desk',
    resources: 'Portal Desk.app/Contents/Resources',
  },
};

/**
 * Packages out/ for this machine as a release is packaged, but for one fuse: Playwright attaches through --inspect.
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {string} bundleHash what out/ was built from
 * @returns {Promise<string>} the executable
 */
export async function ensurePackagedApp(runtime, bundleHash) {
  const place = places[/** @type {keyof typeof places} */ (process.platform)];
  if (!place) throw new SetupError(`Portal Desk is not packaged for ${process.platform}.`);
  const executable = path.join(dist, place.folder, place.executable);
  const stampFile = path.join(dist, `${place.folder}.packed-from`);
  const wanted = `${bundleHash} ${runtime.version} ${hashInputs()}`;
  const isPacked = () => fs.existsSync(executable) && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wanted;

  if (isPacked()) return executable;
  return withLock(`packaged app of ${root}`, async () => {
    if (isPacked()) return executable;
    console.log('Packaging …');
    fs.rmSync(path.join(dist, place.folder), { recursive: true, force: true });
    await pack(runtime);
    const resources = path.join(dist, place.folder, place.resources);
    if (runtime.kind === 'stand-in') fitStandIn(resources, runtime);
    fs.writeFileSync(stampFile, wanted);
    return executable;
  });
}

const hashInputs = () => fs.statSync(path.join(root, 'electron-builder.yml')).mtimeMs;

/** @param {import('./electron-runtime.mjs').Runtime} runtime */
async function pack(runtime) {
  const { code, output } = await capture(
    ...withPinnedNode(
      'node_modules/electron-builder/cli.js',
      '--dir',
      '--publish=never',
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
      '-c.electronFuses.enableNodeCliInspectArguments=true',
    ),
    { env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
  );
  if (code !== 0) throw new SetupError(`Packaging failed:\n${output}`);
}

/**
 * @param {string} resources
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 */
function fitStandIn(resources, runtime) {
  fs.rmSync(path.join(resources, 'default_app.asar'), { force: true });
  if (runtime.sqliteBinding === null) return;
  const prebuilds = path.join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  fs.copyFileSync(runtime.sqliteBinding, path.join(prebuilds, `${process.platform}-${process.arch}.node`));
}
