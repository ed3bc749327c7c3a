import { closedItemAt } from './closed-item.ts';
import { closedWork } from './closed-work.ts';
import type { Resource } from './fhir-parts.ts';
import { openMessage } from './messages.ts';
import { type OpenItem, openItemAt, type Pools, poolsOf } from './open-item.ts';
import { makePeople, type Person } from './people.ts';
import type { PracticeContext } from './practice-context.ts';
import { personRecord } from './record.ts';
import { openRepeat } from './repeats.ts';
import { earlierReports, openResult } from './results.ts';
import { practiceAndStaff } from './staff.ts';

export interface PracticeOptions {
  /** Same seed and same `now`: the same practice, to the byte. */
  readonly seed: number;
  /** The instant at which the open work stands as generated. */
  readonly now: Date | string;
  readonly enrolled?: number;
  readonly openItems?: number;
  readonly historyYears?: number;
  /** Closed items; three for every enrolled person in two years unless told. */
  readonly historyItems?: number;
}

/** Up to some 500 resources, each after those it refers to. */
interface PracticeChunk {
  readonly part: 'openWork' | 'history';
  readonly resources: readonly Resource[];
}

const CHUNK = 500;

function contextOf(options: PracticeOptions): PracticeContext {
  const { seed, enrolled = 1200, openItems = 400, historyYears = 2 } = options;
  const now = new Date(options.now).getTime();
  if (Number.isNaN(now)) throw new RangeError('now is not a time');
  const historyItems = options.historyItems ?? Math.round(enrolled * historyYears * 1.5);
  return { seed, now, people: makePeople(seed, now, enrolled), openItems, historyItems, historyYears };
}

function openResources(context: PracticeContext, item: OpenItem): Resource[] {
  if (item.kind === 'message') return openMessage(context, item);
  return item.kind === 'repeat' ? openRepeat(context, item) : openResult(context, item);
}

/** Staff, then each open item behind the record of the person it is about. */
function* openWork(context: PracticeContext, pools: Pools, known: Set<Person>): Generator<Resource> {
  yield* practiceAndStaff(context.now);
  for (let index = 0; index < context.openItems; index += 1) {
    const item = openItemAt(context, pools, index);
    if (!known.has(item.person)) yield* personRecord(context, item.person);
    known.add(item.person);
    yield* openResources(context, item);
  }
}

/** The other people, earlier values of what is being reviewed, and all that was finished in the last years. */
function* history(context: PracticeContext, pools: Pools, known: ReadonlySet<Person>): Generator<Resource> {
  for (const person of context.people) if (!known.has(person)) yield* personRecord(context, person);
  for (let index = 2; index < context.openItems; index += 4) yield* earlierReports(context, openItemAt(context, pools, index));
  for (let index = 0; index < context.historyItems; index += 1) yield* closedWork(context, closedItemAt(context, pools, index));
}

function* inChunks(part: PracticeChunk['part'], resources: Iterable<Resource>): Generator<PracticeChunk> {
  let chunk: Resource[] = [];
  for (const resource of resources) {
    chunk.push(resource);
    if (chunk.length < CHUNK) continue;
    yield { part, resources: chunk };
    chunk = [];
  }
  if (chunk.length > 0) yield { part, resources: chunk };
}

/**
 * Kauri Street Medical Centre, all of it invented: first what is needed to work the open items, then the rest.
 * Lazy: only the list of people is kept, so any number of items can be made. A FHIR R4 server can load the chunks in order.
 */
export function* generatePractice(options: PracticeOptions): Generator<PracticeChunk> {
  const context = contextOf(options);
  const pools = poolsOf(context);
  const known = new Set<Person>();
  yield* inChunks('openWork', openWork(context, pools, known));
  yield* inChunks('history', history(context, pools, known));
}
