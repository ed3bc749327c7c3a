import { setImmediate as yieldToActs } from 'node:timers/promises';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { WriteDb } from '../../store/db.ts';
import { findVersion, type StoredResource } from '../../store/mirror/mirror.ts';
import { quarantine } from '../../store/mirror/quarantine.ts';
import type { FhirGateway, ServerPage } from '../engine/fhir-gateway.ts';
import { inOneProjection, type Projection } from '../project/projection.ts';
import { classifyVersion, type Known } from './classify-version.ts';

export interface TakeContext {
  readonly db: WriteDb;
  readonly portal: Pick<FhirGateway, 'read'>;
  readonly clock: { now(): number };
}

/** What a read by id answered, and what stood in the mirror when it was asked for. */
interface Answer {
  readonly known: Known | undefined;
  readonly current: StoredResource | 'gone' | 'unknown';
}

/**
 * Takes one page into mirror and projections, in slices. `finish` runs in the last transaction: a cursor never commits before what it covers.
 * What is not plainly newer is asked for by id first; when that fails, nothing more is taken and `finish` does not run.
 * Answers with the number of changed resources.
 */
export async function takePage(deps: TakeContext, page: ServerPage, finish: () => void): Promise<Result<number, RequestFailure>> {
  let changed = 0;
  let rest = page.resources;
  for (;;) {
    const answers = await askForUndecided(deps, rest);
    if (!answers.ok) return answers;
    const moved: StoredResource[] = [];
    let projection: Projection | undefined;
    await inSlices(
      rest,
      (slice) =>
        inOneProjection(
          deps,
          (current) => {
            projection = current;
            slice();
          },
          'refetchable',
        ),
      (resource) => {
        const taken = projection ? take(deps.db, projection, resource, answers.value) : 'moved';
        if (taken === 'changed') changed += 1;
        if (taken === 'moved') moved.push(resource);
        return projection?.hanging ?? 0;
      },
      () => {
        if (moved.length > 0) return;
        keepUnfiled(deps, page);
        finish();
      },
      () => biteFor(deps.db.quietMs()),
    );
    if (moved.length === 0) return ok(changed);
    // A push answered meanwhile: what it settled is newer than what we asked for, so those are asked for again.
    rest = moved;
  }
}

function take(
  db: WriteDb,
  projection: Projection,
  resource: StoredResource,
  answers: ReadonlyMap<string, Answer>,
): 'changed' | 'same' | 'moved' {
  const known = findVersion(db, resource.type, resource.id);
  const fate = classifyVersion(resource, known);
  if (fate === 'known') return 'same';
  if (fate === 'new') {
    projection.keep(resource, known !== undefined);
    return 'changed';
  }
  const answer = answers.get(`${resource.type}/${resource.id}`);
  if (!answer || answer.known?.versionId !== known?.versionId || answer.known?.deleted !== known?.deleted) return 'moved';
  if (answer.current === 'unknown') return 'same';
  if (answer.current === 'gone') {
    if (known?.deleted) return 'same';
    projection.remove(resource.type, resource.id);
    return 'changed';
  }
  if (answer.current.versionId === known?.versionId && !known.deleted) return 'same';
  projection.keep(answer.current);
  return 'changed';
}

async function askForUndecided(
  { db, portal }: TakeContext,
  resources: readonly StoredResource[],
): Promise<Result<ReadonlyMap<string, Answer>, RequestFailure>> {
  const answers = new Map<string, Answer>();
  for (const { type, id, ...stamps } of resources) {
    const known = findVersion(db, type, id);
    if (classifyVersion(stamps, known) !== 'ask-by-id') continue;
    const read = await portal.read(type, id);
    if (read.ok) answers.set(`${type}/${id}`, { known, current: read.value });
    else if (read.error.kind === 'gone') answers.set(`${type}/${id}`, { known, current: read.error.status === 410 ? 'gone' : 'unknown' });
    else if (read.error.kind === 'forbidden' || read.error.kind === 'rejected') answers.set(`${type}/${id}`, { known, current: 'unknown' });
    else return err(read.error);
  }
  return ok(answers);
}

function keepUnfiled({ db, clock }: TakeContext, page: ServerPage): void {
  for (const entry of page.unfiled) {
    quarantine(db, { ...entry, versionId: null, patientId: null, since: new Date(clock.now()).toISOString() });
  }
}

/** How much is done between two turns of the event loop. */
interface Bite {
  readonly ms: number;
  /** Rows at least: each slice costs a commit, which a busy machine would otherwise pay for every few rows. At most as many may hang on them. */
  readonly rows: number;
}

/** While somebody works: no act may wait long behind a sync (PERFORMANCE, P10). */
const small: Bite = { ms: 8, rows: 24 };
/** While nobody does: the same page of an index is then written once for many rows, and half as much goes into the log (P12, P21). */
const large: Bite = { ms: 48, rows: 200 };
/** A person at work opens or does something every few seconds; after so long without, they are elsewhere or only watch. */
const awayMs = 5_000;

export function biteFor(quietMs: number): Bite {
  return quietMs >= awayMs ? large : small;
}

const monotonic = () => performance.now();

/**
 * Applies `work` to all rows in slices, each inside one call of `inTransaction`; `last` runs in the transaction of the last slice.
 * `work` answers with how much the slice still has to do for its rows before it commits, which the clock doesn't show yet.
 * `now` tells the milliseconds of a clock that is never set.
 * Killed between slices, the rows are simply done again: `work` must make the same of the same row.
 */
export async function inSlices<T>(
  rows: readonly T[],
  inTransaction: (slice: () => void) => void,
  work: (row: T) => number,
  last: () => void,
  nextBite: () => Bite,
  now: () => number = monotonic,
): Promise<void> {
  let next = 0;
  do {
    const bite = nextBite();
    inTransaction(() => {
      const startedAt = now();
      const first = next;
      let hanging = 0;
      while (next < rows.length && (next - first < bite.rows || (hanging < bite.rows && now() - startedAt < bite.ms))) {
        const row = rows[next];
        if (row !== undefined) hanging = work(row);
        next += 1;
      }
      if (next >= rows.length) last();
    });
    await yieldToActs();
  } while (next < rows.length);
}
