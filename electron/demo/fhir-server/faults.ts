import type { Principal } from './access.ts';

/**
 * Where a fault can strike. Between `before-commit` and the commit the time of the write is already stamped, so a hook that waits there makes
 * a resource appear late with an older `lastUpdated`; after `after-commit-before-answer` the effect stands whatever the client hears.
 */
export type FaultPoint = 'before-handling' | 'before-commit' | 'after-commit-before-answer' | 'before-body';

export interface FaultContext {
  readonly requestId: string;
  readonly method: string;
  /** Path below the base, with a leading slash and without the query. */
  readonly path: string;
  readonly query: string;
  readonly resourceType: string | undefined;
  readonly principal: Principal | undefined;
  /** Known from `after-commit-before-answer` on. */
  readonly status: number | undefined;
}

export type Fault =
  | { readonly kind: 'drop-socket' }
  /** Keeps the connection open and never answers. */
  | { readonly kind: 'hang' }
  /** Answers this instead; at the first two points nothing is committed. HTML, 429 with Retry-After and captive portals are made with it. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /**
   * Sends only the first bytes of the body. `length` promises the whole and cuts the connection; `close` promises nothing and ends
   * the connection in an orderly way, so that a client sees a complete answer with half a body.
   */
  | { readonly kind: 'truncate-body'; readonly bytes: number; readonly framing: 'length' | 'close' };

/** The fault that ends the request, if any; the request waits for as long as the answer does. */
export type FaultHook = (point: FaultPoint, context: FaultContext) => Fault | undefined | Promise<Fault | undefined>;
