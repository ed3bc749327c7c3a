import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { Search } from '../../fhir/client/client.ts';
import type { WriteDb } from '../../store/db.ts';
import { type Cursor, findCursor, saveCursor } from '../../store/mirror/cursors.ts';
import type { FhirGateway, ServerPage } from '../engine/fhir-gateway.ts';
import { before, clockStepBack, earlier, later } from './overlap.ts';
import { wholeScope } from './resource-types.ts';
import { type TakeContext, takePage } from './take-page.ts';

export interface WalkContext extends TakeContext {
  readonly portal: FhirGateway;
  /** After each page that changed something. */
  readonly onPage: (changed: number) => void;
  readonly stopped: () => boolean;
}

const pageSize = 200;
/** A server that hands out next links for ever is stopped; 200 × 50,000 is more than any practice has. */
const mostPages = 50_000;
/** Expired next links and clock steps may each start a walk again, not without end. */
const mostRestarts = 5;

type Step = { readonly url: string | null; readonly since: string | null; readonly count: number };

/**
 * Walks one type from its watermark, oldest first, to the end (WIRE, Pull algorithm). The watermark moves only when the walk ended; a walk that
 * was cut short goes on from its last page. Answers with the number of resources that were new or changed.
 */
export async function walkType(
  deps: WalkContext,
  type: string,
  overlapMs: number,
  /** The first page, when it was asked for together with those of other types (`firstSearch`). */
  given: ServerPage | null = null,
): Promise<Result<number, RequestFailure>> {
  let changed = 0;
  let restarts = 0;
  const seen = new Set<string>();
  let cursor = cursorOf(deps.db, type);
  let step = firstStep(cursor, overlapMs);
  for (let pages = 0; pages < mostPages && !deps.stopped(); pages += 1) {
    const answer = given !== null && pages === 0 ? ok(given) : await ask(deps.portal, type, step);
    if (!answer.ok) {
      const expired = step.url !== null && answer.error.kind === 'gone';
      if (!expired || restarts >= mostRestarts) return answer;
      restarts += 1;
      cursor = { ...cursor, walkNext: null };
      step = firstStep(cursor, overlapMs);
      continue;
    }
    const page = answer.value;
    const gap = clockStepBack(cursor.serverDate, page.serverDate);
    if (gap > 0 && restarts < mostRestarts) {
      restarts += 1;
      cursor = rewound(cursor, gap + overlapMs, page.serverDate);
      saveCursor(deps.db, cursor);
      step = firstStep(cursor, overlapMs);
      continue;
    }
    const following = nextStep(step, page);
    if (following !== null && following.url !== null) {
      if (seen.has(following.url)) return err({ kind: 'not-fhir', status: 200, detail: 'the same page again', sent: 'no' });
      seen.add(following.url);
    }
    const advanced = afterPage(cursor, page, following, deps.clock.now());
    const from = cursor;
    const taken = await takePage(deps, page, () => saveIfMoved(deps.db, from, advanced));
    if (!taken.ok) return taken;
    changed += taken.value;
    if (taken.value > 0) deps.onPage(taken.value);
    cursor = advanced;
    if (following === null) return ok(changed);
    step = following;
  }
  return ok(changed);
}

/**
 * The search that begins a walk, for asking several types at once. Null: an interrupted walk goes on from elsewhere, or the type was never walked.
 * The moment is moved back a little, another each time: a server that keeps results for a minute by their URL would give old ones.
 */
export function firstSearch(db: WriteDb, type: string, overlapMs: number, random: () => number): Search | null {
  const step = firstStep(cursorOf(db, type), overlapMs + Math.floor(random() * 1_000));
  return step.url !== null || step.since === null ? null : { type, parameters: parametersOf(step) };
}

function ask(portal: FhirGateway, type: string, step: Step): Promise<Result<ServerPage, RequestFailure>> {
  return step.url !== null ? portal.page(type, step.url) : portal.search(type, parametersOf(step));
}

function parametersOf(step: Step): Search['parameters'] {
  const from: (readonly [string, string])[] = step.since === null ? [] : [['_lastUpdated', `ge${step.since}`]];
  return [...from, ['_sort', '_lastUpdated'], ['_count', String(step.count)], ['_total', 'none']];
}

function cursorOf(db: WriteDb, type: string): Cursor {
  const none = { watermark: null, walkNext: null, walkHigh: null, serverDate: null, completedAt: null };
  return findCursor(db, type, wholeScope) ?? { type, scope: wholeScope, ...none };
}

function firstStep(cursor: Cursor, overlapMs: number): Step {
  const since = cursor.watermark === null ? null : before(cursor.watermark, overlapMs);
  return { url: cursor.walkNext, since, count: pageSize };
}

/**
 * Where to go on; null at the end. Some servers give no links: after a full page without one, the walk goes on from its last stamp,
 * and with larger pages where one stamp fills it.
 */
function nextStep(step: Step, page: ServerPage): Step | null {
  if (page.next !== null) return { ...step, url: page.next };
  const received = page.resources.length + page.unfiled.length;
  // A page that was reached by a link and has none itself is the last, full or not.
  if (step.url !== null || received < step.count) return null;
  const last = page.resources.at(-1)?.lastUpdated ?? null;
  if (last !== null && last !== step.since) return { ...step, since: last };
  return step.count >= 1_000 ? null : { ...step, count: step.count * 2 };
}

/**
 * The cursor after a page. The watermark is the highest stamp seen in the data, but never beyond the server's own clock: after the clock
 * stepped back, older stamps from the future would hide everything written until it caught up.
 */
function afterPage(cursor: Cursor, page: ServerPage, following: Step | null, now: number): Cursor {
  const high = page.resources.reduce<string | null>((highest, resource) => later(highest, resource.lastUpdated), cursor.walkHigh);
  const serverDate = page.serverDate ?? cursor.serverDate;
  if (following !== null) return { ...cursor, walkNext: following.url, walkHigh: high, serverDate };
  const reached = later(cursor.watermark, high);
  const watermark = reached === null ? null : earlier(reached, page.serverDate);
  return { ...cursor, watermark, walkNext: null, walkHigh: null, serverDate, completedAt: new Date(now).toISOString() };
}

function rewound(cursor: Cursor, ms: number, serverDate: string | null): Cursor {
  const watermark = cursor.watermark === null ? null : before(cursor.watermark, ms);
  return { ...cursor, watermark, walkNext: null, walkHigh: null, serverDate };
}

/** A poll that found nothing writes nothing (PERFORMANCE, P15). */
function saveIfMoved(db: WriteDb, from: Cursor, to: Cursor): void {
  if (from.watermark !== to.watermark || from.walkNext !== to.walkNext || from.walkHigh !== to.walkHigh || from.completedAt === null)
    saveCursor(db, to);
}
