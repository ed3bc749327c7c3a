import { ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import { toReport } from '../../fhir/mappers/diagnostic-report.ts';
import { readResource } from '../../fhir/mappers/read-resource.ts';
import { type ProjectedTask, toTask } from '../../fhir/mappers/task.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';
import type { FhirGateway, ServerPage } from '../engine/fhir-gateway.ts';
import { type TakeContext, takePage } from './take-page.ts';

interface InitialLoadContext extends TakeContext {
  readonly portal: FhirGateway;
  readonly stopped: () => boolean;
  readonly onPage: (changed: number) => void;
}

/** Ids in one request: 50 UUIDs stay below 2 kB of URL. */
const idsAtOnce = 50;
/** What the banner and the prescribing rules need of a person: without it "Allergies not recorded" would be said of what has only not arrived. */
const typesOfPerson = ['AllergyIntolerance', 'RelatedPerson', 'Encounter', 'MedicationRequest'] as const;
const openStatuses = 'requested,received,accepted,in-progress,on-hold';

/**
 * Before the first walk: who works here, then the newest open work with what it shows, so that the queue is usable after the first page.
 * Moves no cursor: the walks bring all of it again, and know it.
 */
export async function initialLoad(deps: InitialLoadContext): Promise<Result<void, RequestFailure>> {
  for (const type of ['Practitioner', 'PractitionerRole', 'Organization']) {
    const taken = await takeSearch(deps, type, [['_count', '200']]);
    if (!taken.ok && isAboutConnection(taken.error)) return taken;
  }
  let page = await deps.portal.search('Task', [
    ['status', openStatuses],
    ['_sort', '-_lastUpdated'],
    ['_count', '50'],
  ]);
  while (!deps.stopped()) {
    if (!page.ok) return isAboutConnection(page.error) ? page : ok(undefined);
    const taken = await takeTasks(deps, page.value);
    if (!taken.ok) return taken;
    if (page.value.next === null) return ok(undefined);
    page = await deps.portal.page('Task', page.value.next);
  }
  return ok(undefined);
}

function isAboutConnection(failure: RequestFailure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'busy' || failure.kind === 'unauthenticated' || failure.kind === 'not-fhir';
}

/** What the tasks show is taken before them, so that their rows appear whole. */
async function takeTasks(deps: InitialLoadContext, page: ServerPage): Promise<Result<void, RequestFailure>> {
  const tasks = page.resources.flatMap(readTask);
  const refs = tasks.flatMap((task) => [`Patient/${task.patientId}`, task.focusRef, task.requester.ref, ...task.inputRefs]);
  const idsByType = byType(refs);
  const threads = idsByType.get('Communication') ?? [];
  const searches: (readonly [string, readonly [string, string]])[] = [...idsByType]
    .filter(([type]) => type !== 'Task' && type !== 'PractitionerRole')
    .flatMap(([type, ids]) => batches(ids).map((batch) => [type, ['_id', batch.join(',')]] as const));
  for (const batch of batches(idsByType.get('Patient') ?? [])) {
    const people = batch.map((id) => `Patient/${id}`).join(',');
    for (const type of typesOfPerson) searches.push([type, ['patient', people]]);
  }
  for (const batch of batches(threads)) searches.push(['Communication', ['part-of', batch.map((id) => `Communication/${id}`).join(',')]]);
  for (const [type, parameter] of searches) {
    const taken = await takeSearch(deps, type, [parameter, ['_count', '1000']]);
    if (!taken.ok && isAboutConnection(taken.error)) return taken;
    if (!taken.ok || type !== 'DiagnosticReport') continue;
    const measured = await takeMeasurements(deps, taken.value);
    if (!measured.ok) return measured;
  }
  const taken = await takePage(deps, page, () => undefined);
  if (!taken.ok) return taken;
  if (taken.value > 0) deps.onPage(taken.value);
  return ok(undefined);
}

async function takeMeasurements(deps: InitialLoadContext, reports: readonly StoredResource[]): Promise<Result<void, RequestFailure>> {
  const ids = reports.flatMap((report) => {
    const read = readResource(report.body);
    const projected = read.ok ? toReport(read.value) : read;
    return projected.ok ? projected.value.detail.measurementIds : [];
  });
  for (const batch of batches(ids)) {
    const taken = await takeSearch(deps, 'Observation', [
      ['_id', batch.join(',')],
      ['_count', '1000'],
    ]);
    if (!taken.ok && isAboutConnection(taken.error)) return taken;
  }
  return ok(undefined);
}

/** One search, all its pages. */
async function takeSearch(
  deps: InitialLoadContext,
  type: string,
  parameters: readonly (readonly [string, string])[],
): Promise<Result<readonly StoredResource[], RequestFailure>> {
  const all: StoredResource[] = [];
  let page = await deps.portal.search(type, parameters);
  for (;;) {
    if (!page.ok) return page;
    const taken = await takePage(deps, page.value, () => undefined);
    if (!taken.ok) return taken;
    all.push(...page.value.resources);
    if (page.value.next === null || deps.stopped() || all.length > 5_000) return ok(all);
    page = await deps.portal.page(type, page.value.next);
  }
}

function readTask(resource: StoredResource): readonly ProjectedTask[] {
  const read = readResource(resource.body);
  const task = read.ok ? toTask(read.value) : read;
  return task.ok && task.value.is === 'item' ? [task.value] : [];
}

function byType(refs: readonly (string | null)[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const ref of refs) {
    const [type, id] = ref?.split('/') ?? [];
    if (type === undefined || id === undefined || id === 'null') continue;
    const ids = found.get(type) ?? new Set();
    found.set(type, ids.add(id));
  }
  return new Map([...found].map(([type, ids]) => [type, [...ids]]));
}

function batches(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, index) => ids.slice(index * idsAtOnce, (index + 1) * idsAtOnce));
}
