import { z } from 'zod';
import { defineStatement, type WriteDb } from '../db.ts';

const Log = z.object({ log: z.number(), checkpointed: z.number() });

const lookSql = defineStatement('PRAGMA wal_checkpoint(NOOP)');
const checkpointSql = defineStatement('PRAGMA wal_checkpoint(PASSIVE)');

/** Pages of 8 KiB: 8 MiB take about 25 ms, and an act that comes meanwhile waits as long. */
const enoughPages = 1_000;
/** 128 MiB: from here on it can't wait for a moment in which nobody acts. */
const mostPages = 16_000;
const betweenActsMs = 500;

/**
 * Moves the log into the file when there is enough in it. SQLite itself would do it inside the commit that passes the mark, which is as likely an
 * act as any; so it doesn't (wal_autocheckpoint=0), and sync calls this between its own pieces of work.
 */
export function trimLog(db: WriteDb): void {
  const { log, checkpointed } = Log.parse(db.read(lookSql).get());
  const waiting = log - checkpointed;
  if (waiting >= mostPages || (waiting >= enoughPages && db.quietMs() >= betweenActsMs)) db.read(checkpointSql).get();
}
