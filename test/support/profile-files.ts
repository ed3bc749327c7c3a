import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

interface FileOfProfile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** The files below a folder with what is in them, by path; sockets and links left out. */
export function filesBelow(folder: string): readonly FileOfProfile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ path: relative(folder, join(parentPath, name)), name, bytes: readFileSync(join(parentPath, name)) }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** The one store of a desktop that is not set aside. */
export function storeOf(desktop: string): string {
  const stores = join(desktop, 'profile', 'stores', 'stores');
  const [name = ''] = readdirSync(stores).filter((found) => !found.includes('set-aside') && statSync(join(stores, found)).isDirectory());
  return join(stores, name);
}

/** Numbers of the running processes with `word` among their arguments (Linux). */
export function processesNaming(word: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((id) => argumentsOf(id).includes(word))
    .map(Number);
}

function argumentsOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    // Gone since the folder was read.
    return '';
  }
}
