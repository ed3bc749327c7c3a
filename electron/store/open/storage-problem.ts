import type { StorageProblem } from '../../../shared/errors.ts';

const byCode: Readonly<Record<string, StorageProblem>> = {
  SQLITE_FULL: 'disk-full',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  EIO: 'damaged',
};

/** What a thrown SQLite or file-system error means for the person at the desk; undefined when it is a bug. */
export function storageProblemOf(error: unknown): StorageProblem | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const { code } = error;
  if (code.startsWith('SQLITE_IOERR')) return 'damaged';
  if (code.startsWith('SQLITE_CORRUPT')) return 'damaged';
  return byCode[code];
}
