import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { mustRun, withPinnedNode } from './run.mjs';

const out = path.join(root, 'out');
const stampFile = path.join(out, '.built-from');
const sources = ['shared', 'electron', 'renderer', 'build', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Builds out/ from the sources, unless it was built from just these.
 * @returns {Promise<string>} the hash of the sources that out/ now stands for
 */
export async function ensureBundle() {
  const hash = hashOf(sources.map((name) => path.join(root, name)));
  if (isBuiltFrom(hash)) return hash;
  return withLock(`bundle of ${root}`, async () => {
    if (isBuiltFrom(hash)) return hash;
    console.log('Building …');
    fs.rmSync(out, { recursive: true, force: true });
    await mustRun('The build', ...withPinnedNode('build/bundle.ts'));
    fs.writeFileSync(stampFile, hash);
    return hash;
  });
}

/** @param {string} hash */
function isBuiltFrom(hash) {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === hash;
}

/** @param {readonly string[]} places files and folders */
function hashOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn))
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** @param {string} place @returns {string[]} */
function filesIn(place) {
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
