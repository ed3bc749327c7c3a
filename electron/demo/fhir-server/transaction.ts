import { entryTexts, type ReceivedEntry, receivedEntry } from './bundle-entries.ts';
import { bundleText, type SentEntry, versionFacts } from './bundle-text.ts';
import { atomically } from './database.ts';
import type { JsonObject } from './json.ts';
import { asError, operationOutcome, problemOf, refuse } from './problem.ts';
import { type ActContext, createResource, deleteResource, findByCriteria, patchResource, putResource, type WriteResult } from './write.ts';

/** Answers a GET entry: the text of a resource or of a search Bundle. */
export type ReadEntry = (context: ActContext, url: string) => { readonly status: number; readonly body: string; readonly etag?: string };

const order = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET'];

function statusLine(status: number): string {
  const words: Readonly<Record<number, string>> = { 200: '200 OK', 201: '201 Created', 204: '204 No Content' };
  return words[status] ?? String(status);
}

/** Rethrows a refusal with the entry's place in front, so that the sender knows which of its entries failed. */
function inEntry<T>(index: number, what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const expression = `Bundle.entry[${index}]`;
    throw asError({ ...problem, expression, text: `${expression}${what === '' ? '' : ` (${what})`}: ${problem.text}` });
  }
}

interface Plan {
  readonly entry: ReceivedEntry;
  /** The id this entry's resource has or will have; for a conditional create that of the one found. */
  readonly id: string;
}

/** Gives every entry its id before anything is written, so that references may point forwards too. */
function planEntries(context: ActContext, entries: readonly ReceivedEntry[]): readonly Plan[] {
  const firstByCondition = new Map<string, Plan>();
  const written = new Set<string>();
  return entries.map((entry) =>
    inEntry(entry.index, `${entry.method} ${entry.url}`, () => {
      if (entry.method !== 'POST') {
        const target = `${entry.type}/${entry.id}`;
        if (entry.method !== 'GET' && written.has(target)) refuse(400, 'invalid', `${target} is written twice in one transaction`);
        if (entry.method !== 'GET') written.add(target);
        return { entry, id: entry.id ?? '' };
      }
      const condition = entry.conditions.ifNoneExist;
      const key = `${entry.type}?${condition}`;
      const sameAs = condition === undefined ? undefined : firstByCondition.get(key);
      // The same condition twice in one bundle means the same resource: the second then finds the first
      if (sameAs) return { entry, id: sameAs.id };
      const existing = condition === undefined ? undefined : findByCriteria(context, entry.type, condition)[0];
      const plan = { entry, id: existing?.id ?? context.newId() };
      if (condition !== undefined) firstByCondition.set(key, plan);
      return plan;
    }),
  );
}

const linkMember = /("(?:reference|url|uri|valueUri|valueUrl|valueCanonical)"\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

/**
 * Rewrites links within the Bundle to where the resources will be, and `Type?identifier=…` to the one it finds. Only elements that
 * hold links are touched: an identifier may well have the same urn as its value.
 */
function rewriteLinks(context: ActContext, text: string, targets: ReadonlyMap<string, string>): string {
  return text.replaceAll(linkMember, (whole: string, name: string, link: string) => {
    const target = targets.get(link);
    if (target !== undefined) return `${name}"${target}"`;
    const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(link);
    if (!conditional || !name.startsWith('"reference"')) return whole;
    const [, type = '', criteria = ''] = conditional;
    const found = findByCriteria(context, type, criteria);
    if (found.length !== 1)
      refuse(412, found.length === 0 ? 'not-found' : 'multiple-matches', `The reference ${link} must match exactly one resource`);
    return `${name}"${type}/${found[0]?.id}"`;
  });
}

function writeEntry(context: ActContext, plan: Plan, targets: ReadonlyMap<string, string>): WriteResult {
  const { entry, id } = plan;
  const text = entry.method === 'DELETE' ? '' : rewriteLinks(context, entry.text, targets);
  switch (entry.method) {
    case 'POST':
      return createResource(context, entry.type, text, entry.conditions, id);
    case 'PUT':
      return putResource(context, entry.type, id, text, entry.conditions);
    case 'PATCH':
      return patchResource(context, entry.type, id, text, entry.conditions);
    default:
      return deleteResource(context, entry.type, id, entry.conditions);
  }
}

function answerOf(result: WriteResult, full: boolean): SentEntry {
  const { status, version } = result;
  const facts = versionFacts(version);
  const response: JsonObject = { status: statusLine(status), location: facts.path, etag: facts.etag, lastModified: facts.lastModified };
  if (status === 204) return { response: { status: statusLine(status) } };
  return full && version.json !== null ? { resource: version.json, response } : { response };
}

function answerRead(context: ActContext, entry: ReceivedEntry, read: ReadEntry): SentEntry {
  const { status, body, etag } = read(context, entry.url);
  return { resource: body, response: { status: statusLine(status), ...(etag === undefined ? {} : { etag }) } };
}

/** All or nothing, in FHIR's order (DELETE, POST, PUT and PATCH, GET); a refusal names the entry and leaves no trace. */
export function runTransaction(context: ActContext, bodyText: string, full: boolean, read: ReadEntry): string {
  const entries = entryTexts(bodyText).map((text, index) => inEntry(index, '', () => receivedEntry(text, index, context.baseUrl)));
  const answers: SentEntry[] = [];
  atomically(context.database, () => {
    const plans = planEntries(context, entries);
    const targets = new Map(
      plans.flatMap((plan) => (plan.entry.fullUrl === undefined ? [] : [[plan.entry.fullUrl, `${plan.entry.type}/${plan.id}`]])),
    );
    const inOrder = plans.toSorted((a, b) => order.indexOf(a.entry.method) - order.indexOf(b.entry.method));
    for (const plan of inOrder) {
      const { entry } = plan;
      answers[entry.index] = inEntry(entry.index, `${entry.method} ${entry.url}`, () =>
        entry.method === 'GET' ? answerRead(context, entry, read) : answerOf(writeEntry(context, plan, targets), full),
      );
    }
  });
  return bundleText('transaction-response', context.newId(), context.now, answers);
}

/** Each entry by itself; a failing one answers with its own status and outcome and leaves the others alone. */
export function runBatch(context: ActContext, bodyText: string, full: boolean, read: ReadEntry): string {
  const answers = entryTexts(bodyText).map((text, index): SentEntry => {
    try {
      const entry = receivedEntry(text, index, context.baseUrl);
      if (entry.method === 'GET') return answerRead(context, entry, read);
      const plan: Plan = { entry, id: entry.id ?? context.newId() };
      return atomically(context.database, () => answerOf(writeEntry(context, plan, new Map()), full));
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return { response: { status: String(problem.status), outcome: operationOutcome(problem) } };
    }
  });
  return bundleText('batch-response', context.newId(), context.now, answers);
}
