import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { WriteDb } from '../../store/db.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import { findVersion } from '../../store/mirror/mirror.ts';
import { quarantine } from '../../store/mirror/quarantine.ts';
import type { Portal, ServerPage } from '../engine/fhir-gateway.ts';
import { inOneProjection, type Projection } from '../project/projection.ts';
import { fateOf, type Known } from './classify-version.ts';
import { biteFor, inSlices } from './time-sliced.ts';

export interface TakeDeps {
  readonly db: WriteDb;
  readonly portal: Pick<Portal, 'read'>;
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
export async function takePage(deps: TakeDeps, page: ServerPage, finish: () => void): Promise<Result<number, RequestFailure>> {
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
  const fate = fateOf(resource, known);
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
  { db, portal }: TakeDeps,
  resources: readonly StoredResource[],
): Promise<Result<ReadonlyMap<string, Answer>, RequestFailure>> {
  const answers = new Map<string, Answer>();
  for (const { type, id, ...stamps } of resources) {
    const known = findVersion(db, type, id);
    if (fateOf(stamps, known) !== 'ask-by-id') continue;
    const read = await portal.read(type, id);
    if (read.ok) answers.set(`${type}/${id}`, { known, current: read.value });
    else if (read.error.kind === 'gone') answers.set(`${type}/${id}`, { known, current: read.error.status === 410 ? 'gone' : 'unknown' });
    else if (read.error.kind === 'forbidden' || read.error.kind === 'rejected') answers.set(`${type}/${id}`, { known, current: 'unknown' });
    else return err(read.error);
  }
  return ok(answers);
}

function keepUnfiled({ db, clock }: TakeDeps, page: ServerPage): void {
  for (const entry of page.unfiled) {
    quarantine(db, { ...entry, versionId: null, patientId: null, since: new Date(clock.now()).toISOString() });
  }
}
