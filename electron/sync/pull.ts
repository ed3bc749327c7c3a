import { ok, type Result } from '../../shared/result.ts';
import type { RequestFailure } from '../fhir/answer.ts';
import { findCursor } from '../store/cursors.ts';
import type { ReadDb } from '../store/db.ts';
import { countResources } from '../store/mirror.ts';
import { Overlap } from './overlap.ts';
import { pulledTypes, wholeScope } from './resource-types.ts';
import { type WalkDeps, walkType } from './walk.ts';

/** Without these there is nothing to work on; any other type that the server hasn't, or doesn't show to this account, is done without. */
const essential: ReadonlySet<string> = new Set(['Patient', 'Task', 'Communication']);

/** Walks all types once. `leftOut` remembers for this run which types the server doesn't give. Answers with the number of changed resources. */
export async function pullRound(deps: WalkDeps, overlap: Overlap, leftOut: Set<string>): Promise<Result<number, RequestFailure>> {
  let changed = 0;
  for (const type of pulledTypes) {
    if (leftOut.has(type) || deps.stopped()) continue;
    const walked = await walkType(deps, type, Overlap[overlap]);
    if (walked.ok) {
      changed += walked.value;
      continue;
    }
    const { kind } = walked.error;
    const refused = kind === 'gone' || kind === 'forbidden' || kind === 'rejected';
    if (!refused || essential.has(type)) return walked;
    leftOut.add(type);
  }
  return ok(changed);
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
export async function countOnServer({ portal }: Pick<WalkDeps, 'portal'>): Promise<number | null> {
  let total = 0;
  for (const type of pulledTypes) {
    const page = await portal.search(type, [['_summary', 'count']]);
    if (!page.ok || page.value.total === null) return null;
    total += page.value.total;
  }
  return total;
}
