import { z } from 'zod';
import type { QueuedChange } from '../../../shared/domain/change.ts';
import { isFinal } from '../../../shared/domain/outbox.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { askAgain, enqueueRecovered } from '../outbox/outbox.ts';
import { allOpenChanges, findChange } from '../outbox/outbox-rows.ts';
import type { Journal } from './journal.ts';

/** The last step of an act, inside its transaction: the record is on the disk, and the database knows its number, before anything is called saved. */
export function appendIntent(db: WriteDb, journal: Journal, change: QueuedChange): void {
  journal.append(change);
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
export function recoverJournal(db: WriteDb, journal: Journal): Recovery {
  const isRolledBack = journal.lastNumber() < rememberedNumber(db);
  return db.transaction(() => {
    const entries = journal.entries();
    const unknown = entries.filter(({ opId }) => findChange(db, opId) === undefined);
    for (const change of unknown) enqueueRecovered(db, change, summaryOf(change));
    for (const { opId } of entries) {
      const row = findChange(db, opId);
      if (row && isFinal(row.state)) journal.retire(opId);
    }
    const journalled = new Set(entries.map(({ opId }) => opId));
    const missing = allOpenChanges(db).filter(({ change }) => !journalled.has(change.opId));
    const revived = missing.filter(
      ({ change, state, attempts }) => state === 'queued' && attempts === 0 && journal.wasRetired(change.opId),
    );
    for (const { change } of revived) askAgain(db, change);
    for (const { change } of missing) journal.append(change);
    rememberNumber(db, journal);
    return { recovered: unknown.length, rejournalled: missing.length, revived: revived.length, isRolledBack };
  });
}

const summaries: Readonly<Record<QueuedChange['change']['kind'], string>> = {
  claim: 'Claim',
  'release-claim': 'Give back',
  assign: 'Assign',
  'set-priority': 'Change priority',
  finish: 'Finish',
  reply: 'Reply',
  note: 'Internal note',
  'decide-repeat': 'Decide repeat prescription',
  'release-result': 'Release result',
  'hold-result': 'Hold result',
};

function summaryOf({ change }: QueuedChange): string {
  const words = change.kind === 'reply' || change.kind === 'note' ? `: ${change.text.slice(0, 80)}` : '';
  return `${summaries[change.kind]}${words}`;
}
