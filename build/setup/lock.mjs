import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths.mjs';

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
  } catch {
    if (ownerIsGone(file)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function ownerIsGone(file) {
  try {
    process.kill(Number(fs.readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
