import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const block = Buffer.alloc(8192, 'x');

/** The disk's own price of "it is saved": one block written at the end of a file and forced out. */
export function openDurableFile(folder: string): { readonly write: () => void; readonly close: () => void } {
  const file = openSync(join(folder, `durable-${performance.now()}`), 'w');
  return {
    write: () => {
      writeSync(file, block);
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}
