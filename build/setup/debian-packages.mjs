import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { withLock } from './lock.mjs';
import { mustRun, SetupError, succeeds } from './run.mjs';

const forElectron = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libdrm2', 'fonts-dejavu-core'];
const forNoDisplay = ['xvfb'];
const forBuildingAddons = ['g++', 'make', 'python3'];
const forAKeychain = ['gnome-keyring', 'dbus', 'dbus-x11', 'libsecret-1-0'];

/**
 * Makes sure of the Debian packages that Electron and its tests need. Elsewhere than on Debian and its kin it does nothing.
 * As root it installs what is missing; otherwise it says the exact command and stops.
 * @param {{ display: boolean, compiler?: boolean }} needs display: a virtual one is needed; compiler: the SQLite addon must be built
 * @returns {Promise<void>}
 */
export async function ensureDebianPackages({ display, compiler = false }) {
  if (!isDebian()) return;
  const missing = notInstalled([...forElectron, ...(display ? forNoDisplay : []), ...(compiler ? forBuildingAddons : [])]);
  if (missing.length === 0) return;

  if (process.getuid?.() !== 0)
    throw new SetupError(`Portal Desk needs Debian packages that are not here. Please run:\n\n  ${commandFor(missing)}\n`);
  await install(missing);
}

/**
 * A real keychain for the journeys that need one. Without it they are skipped, so whoever may not install it is told and goes on.
 * @returns {Promise<void>}
 */
export async function ensureKeychain() {
  if (!isDebian()) return;
  const missing = notInstalled(forAKeychain);
  if (missing.length === 0) return;
  const installed = process.getuid?.() === 0 && (await install(missing).then(() => true, orNot));
  if (!installed) console.log(`The journeys with a real keychain are skipped. To run them: ${commandFor(missing)}`);
}

/** A machine that reaches no packages is no bug. @param {unknown} error @returns {false} */
function orNot(error) {
  if (!(error instanceof SetupError)) throw error;
  return false;
}

function isDebian() {
  return process.platform === 'linux' && fs.existsSync('/usr/bin/dpkg-query');
}

/** @param {readonly string[]} missing */
function commandFor(missing) {
  return `sudo apt-get install -y --no-install-recommends ${missing.map(nameHere).join(' ')}`;
}

/** As root. @param {readonly string[]} missing */
async function install(missing) {
  await withLock('debian packages', async () => {
    console.log(`Installing Debian packages: ${missing.join(' ')} …`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get update', 'apt-get', ['update', '-qq'], { env });
    await mustRun('apt-get install', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing.map(nameHere)], { env });
  });
}

/** @param {readonly string[]} names */
function notInstalled(names) {
  const asked = names.flatMap((name) => [name, `${name}t64`]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n', ...asked], { encoding: 'utf8' });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length)),
  );
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time. @param {string} name */
function nameHere(name) {
  return name.startsWith('lib') && succeeds('apt-cache', ['show', '--no-all-versions', `${name}t64`]) ? `${name}t64` : name;
}
