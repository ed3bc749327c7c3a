import { ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { ReadDb } from '../../store/db.ts';
import { findCursor } from '../../store/mirror/cursors.ts';
import { countResources } from '../../store/mirror/mirror.ts';
import type { ServerPage } from '../engine/fhir-gateway.ts';
import { Overlap } from './overlap.ts';
import { pulledTypes, wholeScope } from './resource-types.ts';
import { firstSearch, type WalkContext, walkType } from './walk.ts';

/** Without these there is nothing to work on; any other type that the server hasn't, or doesn't show to this account, is done without. */
const essential: ReadonlySet<string> = new Set(['Patient', 'Task', 'Communication']);

export interface RoundContext extends WalkContext {
  /** Draws from [0, 1). */
  readonly random: () => number;
}

/** What is remembered of the server for this run. */
export interface LearntOfServer {
  /** Types that it doesn't give to this account. */
  readonly refusedTypes: Set<string>;
  /** It takes no batch of searches. */
  noBatch: boolean;
}

/**
 * Walks all types once. While nothing changes, one request asks for all of them (PERFORMANCE, P15); a type that has more than a page of news, or was
 * cut short, goes on by itself. Answers with the number of changed resources.
 */
export async function pullRound(deps: RoundContext, overlap: Overlap, known: LearntOfServer): Promise<Result<number, RequestFailure>> {
  let changed = 0;
  const looked = await lookAtAll(deps, overlap, known);
  if (!looked.ok) return looked;
  for (const type of pulledTypes) {
    if (known.refusedTypes.has(type) || deps.stopped()) continue;
    const walked = await walkType(deps, type, Overlap[overlap], looked.value.get(type));
    if (walked.ok) {
      changed += walked.value;
      continue;
    }
    const { kind } = walked.error;
    const refused = kind === 'gone' || kind === 'forbidden' || kind === 'rejected';
    if (!refused || essential.has(type)) return walked;
    known.refusedTypes.add(type);
  }
  return ok(changed);
}

async function lookAtAll(
  deps: RoundContext,
  overlap: Overlap,
  known: LearntOfServer,
): Promise<Result<ReadonlyMap<string, ServerPage | null>, RequestFailure>> {
  const none = new Map<string, ServerPage | null>();
  if (overlap !== 'hot' || known.noBatch) return ok(none);
  const searches = pulledTypes
    .filter((type) => !known.refusedTypes.has(type))
    .flatMap((type) => firstSearch(deps.db, type, Overlap.hot, deps.random) ?? []);
  if (searches.length < 2) return ok(none);
  const pages = await deps.portal.batchSearch(searches);
  if (!pages.ok) return pages;
  if (pages.value === undefined) {
    known.noBatch = true;
    return ok(none);
  }
  return ok(new Map(searches.map(({ type }, index) => [type, pages.value?.[index] ?? null])));
}

/** No walk of this type has ever ended: nothing says yet that the mirror holds all there is. */
export function isFirstSync(db: ReadDb): boolean {
  return lastCompleteAt(db) === null;
}

/** When the last walk of the tasks, the last of each round, ended. By our clock; null: never. */
export function lastCompleteAt(db: ReadDb): string | null {
  return findCursor(db, 'Task', wholeScope)?.completedAt ?? null;
}

/** Resources in the mirror. Reads its whole key index: once, at the start of a first sync. */
export function countHere(db: ReadDb): number {
  return Object.values(countResources(db)).reduce((sum, count) => sum + count, 0);
}

/** About how many resources the server has; null when it doesn't say. Asked once, for the progress of a first sync. */
export async function countOnServer({ portal }: Pick<WalkContext, 'portal'>): Promise<number | null> {
  let total = 0;
  for (const type of pulledTypes) {
    const page = await portal.search(type, [['_summary', 'count']]);
    if (!page.ok || page.value.total === null) return null;
    total += page.value.total;
  }
  return total;
}
