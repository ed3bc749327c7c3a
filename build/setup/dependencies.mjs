import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { pinnedNode, root, stampFolder } from './paths.mjs';
import { mustRun, npmCommand } from './run.mjs';

const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(stampFolder, 'dependencies.sha256');

/** Installs exactly what package-lock.json says, unless that is what is there. */
export async function ensureDependencies() {
  if (isStamped()) return;
  await withLock(`dependencies of ${root}`, async () => {
    if (isStamped()) return;
    if (!isInstalled()) {
      console.log('Installing the dependencies (npm ci) …');
      const [command, args] = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
      await mustRun('Installing the dependencies', command, args);
    }
    fs.mkdirSync(stampFolder, { recursive: true });
    fs.writeFileSync(stampFile, lockHash());
  });
}

function lockHash() {
  return createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');
}

function isStamped() {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === lockHash() && fs.existsSync(pinnedNode);
}

/** Recognises an `npm ci` that somebody ran by hand: npm keeps a list of what it put into node_modules. */
function isInstalled() {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(installedFile) || !fs.existsSync(pinnedNode)) return false;
  const wanted = packagesOf(lockFile);
  const installed = packagesOf(installedFile);
  return Object.entries(wanted).every(([where, entry]) => {
    const found = installed[where];
    if (where === '') return true;
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
}
