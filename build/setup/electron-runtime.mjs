import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, root, runtimeFile, stampFolder } from './paths.mjs';
import { capture, SetupError, withPinnedNode } from './run.mjs';
import { ensureSqliteAddon } from './sqlite-addon.mjs';
import { canStandIn, ensureStandIn, standInVersion } from './stand-in.mjs';

/**
 * Which Electron this checkout runs on.
 * @typedef {object} Runtime
 * @property {'electron' | 'stand-in'} kind
 * @property {string} version of the Electron that runs, such as '45.4.1'
 * @property {string} pinnedVersion of the Electron that the product ships
 * @property {string} folder the Electron distribution
 * @property {string} executable
 * @property {string | null} sqliteBinding the SQLite addon to load in place of the package's own; null: the package's own
 */

const electronPackage = path.join(root, 'node_modules', 'electron');
const oneDay = 24 * 60 * 60 * 1000;

/**
 * Finds or prepares the Electron to run on and writes it to `runtimeFile`: the pinned one where it can be fetched, else the stand-in.
 * @returns {Promise<Runtime>}
 */
export async function ensureElectronRuntime() {
  const pinnedVersion = JSON.parse(fs.readFileSync(path.join(electronPackage, 'package.json'), 'utf8')).version;
  const known = readRuntime();
  if (known && known.pinnedVersion === pinnedVersion && isWhole(known) && !isWorthFetchingAgain(known)) return known;

  return withLock(`runtime of ${root}`, async () => {
    const runtime = (await fetchElectron(pinnedVersion)) ?? (await prepareStandIn(pinnedVersion));
    fs.mkdirSync(stampFolder, { recursive: true });
    fs.writeFileSync(`${runtimeFile}.new`, `${JSON.stringify(runtime, null, 2)}\n`);
    fs.renameSync(`${runtimeFile}.new`, runtimeFile);
    return runtime;
  });
}

/** @returns {Runtime | undefined} */
function readRuntime() {
  return fs.existsSync(runtimeFile) ? JSON.parse(fs.readFileSync(runtimeFile, 'utf8')) : undefined;
}

/** @param {Runtime} runtime */
function isWhole(runtime) {
  return fs.existsSync(runtime.executable) && (runtime.sqliteBinding === null || fs.existsSync(runtime.sqliteBinding));
}

/** @param {Runtime} runtime */
function isWorthFetchingAgain(runtime) {
  return runtime.kind === 'stand-in' && !failedLately(runtime.pinnedVersion);
}

/** @param {string} version @returns {Promise<Runtime | undefined>} undefined: it cannot be fetched from here */
async function fetchElectron(version) {
  const found = installedElectron(version);
  if (found) return found;
  if (failedLately(version)) return undefined;

  console.log(`Fetching Electron ${version} …`);
  const limit = { timeoutSeconds: 240 };
  const { code } = await capture(...withPinnedNode(path.join(electronPackage, 'install.js')), limit);
  const fetched = code === 0 ? installedElectron(version) : undefined;
  if (fetched) return fetched;

  fs.mkdirSync(cacheFolder, { recursive: true });
  fs.writeFileSync(failureFile(version), 'Electron could not be fetched; it is tried again a day after this file was written.\n');
  return undefined;
}

/** @param {string} version @returns {Runtime | undefined} */
function installedElectron(version) {
  const folder = path.join(electronPackage, 'dist');
  const executableFile = path.join(electronPackage, 'path.txt');
  if (!fs.existsSync(executableFile)) return undefined;
  const executable = path.join(folder, fs.readFileSync(executableFile, 'utf8'));
  if (!fs.existsSync(executable)) return undefined;
  return { kind: 'electron', version, pinnedVersion: version, folder, executable, sqliteBinding: null };
}

/** @param {string} version */
const failureFile = (version) => path.join(cacheFolder, `electron-${version}-not-fetched`);

/** @param {string} version */
function failedLately(version) {
  const stat = fs.statSync(failureFile(version), { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < oneDay;
}

/** @param {string} pinnedVersion @returns {Promise<Runtime>} */
async function prepareStandIn(pinnedVersion) {
  if (!canStandIn()) {
    throw new SetupError(
      `Electron ${pinnedVersion} could not be fetched, and there is no stand-in for ${process.platform} ${process.arch}. ` +
        'Please connect to the internet and run the command again; behind a proxy or with a mirror, see the electron package’s installation guide.',
    );
  }
  console.log(`Electron ${pinnedVersion} cannot be fetched from here; Electron ${standInVersion} stands in for it.`);
  const folder = await ensureStandIn();
  const sqliteBinding = await ensureSqliteAddon();
  return { kind: 'stand-in', version: standInVersion, pinnedVersion, folder, executable: path.join(folder, 'electron'), sqliteBinding };
}
