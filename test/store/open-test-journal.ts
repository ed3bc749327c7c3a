import { type Disk, realDisk } from '../../electron/store/disk.ts';
import { type Journal, openJournal } from '../../electron/store/journal/journal.ts';
import { testKey } from './open-test-store.ts';

export function open(path: string, disk: Disk = realDisk): Journal {
  const opened = openJournal({ path, key: testKey, disk });
  if (!opened.ok) throw new Error(`The journal did not open: ${opened.error}`);
  return opened.value;
}

export const opIds = (journal: Journal) => journal.entries().map(({ change }) => change.opId);

export const changesIn = (journal: Journal) => journal.entries().map(({ change }) => change);
