import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths.mjs';

/** After a restart of the machine another process may have the old owner's number; no step takes this long. */
const longestStep = 30 * 60 * 1000;

/**
 * Runs the step while no other process on this machine runs the same one. A lock whose owner is gone is taken over.
 * @template T
 * @param {string} name what is locked; a path or a version may be part of it
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function withLock(name, step) {
  const folder = path.join(cacheFolder, 'locks');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.pid`);
  let told = false;
  while (!take(file)) {
    if (!told) console.log('Waiting for another Portal Desk command that is setting up …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    return await step();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} file @returns {boolean} whether the lock is now ours */
function take(file) {
  // Written aside and linked into place, so that nobody ever reads a lock without its owner.
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, String(process.pid));
  try {
    fs.linkSync(aside, file);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    removeAbandoned(file);
    return false;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function removeAbandoned(file) {
  try {
    const owner = fs.readFileSync(file, 'utf8');
    if (isRunning(Number(owner)) && Date.now() - fs.statSync(file).mtimeMs < longestStep) return;
    // Another waiter may have done the same and hold the lock by now: what was moved away must be what was judged.
    const moved = `${file}.abandoned-${process.pid}`;
    fs.renameSync(file, moved);
    if (fs.readFileSync(moved, 'utf8') !== owner) fs.linkSync(moved, file);
    fs.rmSync(moved);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  }
}

/** @param {number} processId */
function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
