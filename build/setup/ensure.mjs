import { ensureDebianPackages } from './debian-packages.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';

export { ensureDependencies };

/**
 * Prepares everything that running the app takes; well under a second when there is nothing to do.
 * @param {{ display: boolean }} needs display: whether a virtual display is needed
 */
export async function ensureRuntime(needs) {
  await ensureDependencies();
  await ensureDebianPackages(needs);
  return ensureElectronRuntime();
}
