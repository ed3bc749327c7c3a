import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The pinned Node 24, which npm installs as a dependency; there only once the dependencies are. */
export const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Marks of what is already prepared in this checkout; goes with node_modules. */
export const stampFolder = path.join(root, 'node_modules', '.cache', 'portal-desk');

/** The resolved Electron runtime, read by start, test, bench and packaging. */
export const runtimeFile = path.join(stampFolder, 'runtime.json');

/** What is dear to fetch or build and outlives node_modules and checkouts. Honours XDG_CACHE_HOME. */
export const cacheFolder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'portal-desk');
