import { acts } from '../../../shared/acts/acts.ts';
import type { ActKind } from '../../../shared/changes/changes.ts';

/** A resource that moved on the server after our author saw it. Bodies are the JSON text as received. */
export interface Moved {
  readonly ref: string;
  readonly base: string;
  readonly current: string;
  /** Elements of this resource that our change writes. */
  readonly touched: readonly string[];
}

export type Verdict =
  /** Nothing that the author relied on changed: the same change against the current versions. */
  | { readonly kind: 'rebase' }
  /** A person decides; `ref` and `elements` say what moved, in FHIR's words. */
  | { readonly kind: 'conflict'; readonly ref: string; readonly elements: readonly string[] };

/** Times that a change may be moved onto a newer version before a person is asked (WIRE, Push algorithm). */
export const mostRebases = 3;

/** Bookkeeping that says nothing about content. */
const bookkeeping: readonly string[] = ['id', 'meta', 'text', 'lastModified', 'resourceType'];
/** Whom and what the act is about: when these move, the act may be about somebody else (SAFETY I7). */
const identity: readonly string[] = ['for', 'subject', 'patient', 'focus', 'input', 'groupIdentifier'];

/**
 * What to do when the server refused our versions. A clinical decision is never moved onto a changed medicine or result,
 * nor onto a Task that changed state or hands (SAFETY I8); anything else only when the elements that moved are not ours.
 */
export function judge(kind: ActKind, moved: readonly Moved[], rebases: number): Verdict {
  for (const resource of moved) {
    const elements = changedElements(resource.base, resource.current);
    if (elements.length === 0) continue;
    if (rebases >= mostRebases) return { kind: 'conflict', ref: resource.ref, elements };
    const decisive = elements.filter((element) => isDecisive(kind, resource, element));
    if (decisive.length > 0) return { kind: 'conflict', ref: resource.ref, elements: decisive };
  }
  return { kind: 'rebase' };
}

function isDecisive(kind: ActKind, resource: Moved, element: string): boolean {
  if (identity.includes(element) || resource.touched.includes(element)) return true;
  if (!acts[kind].clinical) return element === 'status';
  return !resource.ref.startsWith('Task/') || element === 'status' || element === 'owner';
}

/** Top-level elements whose content differs between two JSON texts of one resource; numbers are compared as written, so 1.10 is not 1.1. */
export function changedElements(base: string, current: string): readonly string[] {
  const before = readElements(base);
  const after = readElements(current);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (element) => !bookkeeping.includes(element) && before.get(element) !== after.get(element),
  );
}

function readElements(body: string): Map<string, string> {
  const parsed: unknown = JSON.parse(body, keepNumberText);
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  const elements = new Map(Object.entries(parsed).map(([name, value]) => [name, canonical(value)]));
  // Labels live in meta, yet they are content: a result marked sensitive since it was seen is another result.
  if ('meta' in parsed && typeof parsed.meta === 'object' && parsed.meta !== null && 'security' in parsed.meta)
    elements.set('meta.security', canonical(parsed.meta.security));
  return elements;
}

function keepNumberText(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? `#${context?.source ?? String(value)}` : value;
}

/** Same content, same text, whatever the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
