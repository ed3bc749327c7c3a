import { z } from 'zod';
import { isPortalAct } from '../../../shared/acts/acts.ts';
import type { QueuedChange } from '../../../shared/changes/changes.ts';
import { isFinal } from '../../../shared/domain/outbox.ts';
import { findAuditedAct, recordAct } from '../audit/audit.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { enqueueRecovered, requeue } from '../outbox/outbox.ts';
import { allOpenChanges, findChange } from '../outbox/outbox-rows.ts';
import { baseBodies } from '../outbox/outbox-send.ts';
import type { Journal, KeptBase } from './journal.ts';

/** The last step of an act, inside its transaction: the record is on the disk, and the database knows its number, before anything is called saved. */
export function appendIntent(db: WriteDb, journal: Journal, change: QueuedChange): void {
  journal.append(change, keptBases(db, change.opId));
  rememberNumber(db, journal);
}

const rememberNumberSql = defineStatement('UPDATE journal_state SET last_number = :number');

function rememberNumber(db: WriteDb, journal: Journal): void {
  db.write(rememberNumberSql).run({ number: journal.lastNumber() });
}

const rememberedNumberSql = defineStatement('SELECT last_number AS number FROM journal_state');

/** Number of the last record that a committed act wrote; 0: none yet. */
export function rememberedNumber(db: ReadDb): number {
  return z.object({ number: z.number() }).parse(db.read(rememberedNumberSql).get()).number;
}

export interface Recovery {
  /** Changes that only the journal knew: now in the outbox, waiting for a person's word. */
  readonly recovered: number;
  /** Changes that only the database knew: now in the journal again. */
  readonly rejournalled: number;
  /** Changes that the database still has to send and the journal knows to be over: an older database was put in place. A person decides. */
  readonly revived: number;
  /** The journal ends before the last record that a committed act wrote: an older file was put in its place, or its end was lost. */
  readonly isRolledBack: boolean;
}

/** Compares both records at start and makes each complete again (SAFETY D5). Nothing that only the journal knew is sent by itself. */
export function recoverJournal(db: WriteDb, journal: Journal, takeEffectHere: (db: WriteDb, change: QueuedChange) => void): Recovery {
  const isRolledBack = journal.lastNumber() < rememberedNumber(db);
  return db.transaction(() => {
    const entries = journal.entries();
    const here = entries.filter(({ change }) => !isPortalAct(change.change.kind));
    for (const { change } of here) recoverHere(db, journal, change, takeEffectHere);
    const leaving = entries.filter(({ change }) => isPortalAct(change.change.kind));
    const unknown = leaving.filter(({ change }) => findChange(db, change.opId) === undefined);
    for (const { change, bases } of unknown) enqueueRecovered(db, change, bases);
    for (const { change } of leaving) {
      const row = findChange(db, change.opId);
      if (row && isFinal(row.state)) journal.retire(change.opId);
    }
    const journalled = new Set(leaving.map(({ change }) => change.opId));
    const missing = allOpenChanges(db).filter(({ change }) => !journalled.has(change.opId));
    const revived = missing.filter(
      ({ change, state, attempts }) => state === 'queued' && attempts === 0 && journal.wasRetired(change.opId),
    );
    for (const { change } of revived) requeue(db, change);
    for (const { change } of missing) journal.append(change, keptBases(db, change.opId));
    rememberNumber(db, journal);
    return { recovered: unknown.length, rejournalled: missing.length, revived: revived.length, isRolledBack };
  });
}

function keptBases(db: ReadDb, opId: string): readonly KeptBase[] {
  return [...baseBodies(db, opId)].map(([ref, base]) => ({ ref, ...base }));
}

/** What lives here is done again where its commit was lost: it reaches nobody, and twice is the same as once. */
function recoverHere(
  db: WriteDb,
  journal: Journal,
  change: QueuedChange,
  takeEffectHere: (db: WriteDb, change: QueuedChange) => void,
): void {
  if (!findAuditedAct(db, change.opId)) {
    takeEffectHere(db, change);
    recordAct(db, change);
  }
  journal.retire(change.opId);
}
