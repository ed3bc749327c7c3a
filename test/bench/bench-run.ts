import { constants, cpSync } from 'node:fs';
import { join } from 'node:path';
import { filledProfile } from './fill-profile.ts';
import type { Result } from './finding.ts';
import type { Options } from './options.ts';

export type Size = 'large' | 'small';

/** What every section gets. */
export interface Bench {
  readonly options: Options;
  /** An empty folder on the disk that the stores are on. */
  readonly folder: string;
}

export type Section = (bench: Bench) => Promise<readonly Result[]>;

/** Below this a person has too little to do for a list. */
const fewest = 1_000;

export const resourcesOf = ({ options }: Bench, size: Size): number =>
  size === 'large' ? options.n : Math.max(fewest, Math.round(options.n / 10));

/** The kept profile of that size: for reading only. */
export const profileOf = (bench: Bench, size: Size): Promise<string> => filledProfile(resourcesOf(bench, size));

let copies = 0;

/** A copy of its own, for a section that writes. */
export async function copiedProfile(bench: Bench, size: Size): Promise<string> {
  copies += 1;
  const copy = join(bench.folder, `profile-${copies}`);
  cpSync(await profileOf(bench, size), copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return copy;
}
