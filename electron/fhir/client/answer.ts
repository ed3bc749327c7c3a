import { err, ok, type Result } from '../../../shared/result.ts';
import { memberText } from '../mappers/json-text.ts';
import type { Sent } from './fetch-port.ts';

/** What came back, before it is judged. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A good answer. `body` is JSON text as received; '' for 204 and 304. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** versionId from the ETag, weak or bare. */
  readonly versionId: string | null;
  readonly location: string | null;
  /** The server's clock, ms since 1970. */
  readonly serverTime: number | null;
}

/** Why a request did not do what was asked (WIRE, Push algorithm). `issue` is what the server said, for people. */
export type RequestFailure =
  /** `sent: 'maybe'`: it may have taken effect; ask before doing it again. */
  | { readonly kind: 'unreachable'; readonly sent: Sent; readonly code: string }
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterSeconds: number | null; readonly sent: Sent }
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'forbidden'; readonly issue: string }
  /** 412, and 409 which some servers answer for their own version races. */
  | { readonly kind: 'conflict'; readonly status: number; readonly issue: string }
  /** 404 or 410. */
  | { readonly kind: 'gone'; readonly status: number; readonly issue: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly issue: string }
  /** Not a FHIR server's answer: a captive portal, half a body, a foreign page. Nothing was changed by it. */
  | { readonly kind: 'not-fhir'; readonly status: number; readonly detail: string; readonly sent: Sent };

/** Seconds to wait: Retry-After as seconds or as a date, else `t` of RateLimit. Never more than an hour: a server can't silence us for ever. */
export function retryAfterSeconds(headers: Headers, now: number): number | null {
  const said = headers.get('retry-after')?.trim();
  const rateLimit = /(?:^|[;,\s])t=(\d+)/u.exec(headers.get('ratelimit') ?? '')?.[1];
  const fromDate = said === undefined || /^\d+$/u.test(said) ? Number.NaN : (Date.parse(said) - now) / 1000;
  const seconds =
    said !== undefined && /^\d+$/u.test(said) ? Number(said) : Number.isNaN(fromDate) ? Number(rateLimit ?? Number.NaN) : fromDate;
  return Number.isNaN(seconds) ? null : Math.min(Math.max(Math.ceil(seconds), 0), 3600);
}

function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The server's own words in an OperationOutcome, shortened; the status when it gives none. */
export function issueIn(body: string, status: number): string {
  try {
    const issues: unknown = JSON.parse(memberText(body, 'issue') ?? '[]');
    const first: unknown = Array.isArray(issues) ? issues.find((each) => textIn(each, 'severity') !== 'information') : undefined;
    const details: unknown = typeof first === 'object' && first !== null && 'details' in first ? first.details : undefined;
    const words = textIn(details, 'text') ?? textIn(first, 'diagnostics') ?? textIn(first, 'code');
    if (words !== undefined) return words.slice(0, 300);
  } catch {
    // No JSON: there is nothing to quote.
  }
  return `The server answered ${status}.`;
}

export function versionIn(etag: string | null): string | null {
  return /^(?:W\/)?"?([A-Za-z0-9\-.]{1,64})"?$/u.exec(etag?.trim() ?? '')?.[1] ?? null;
}

function isJson(headers: Headers): boolean {
  return /^application\/(?:[a-z0-9.+-]*\+)?json\b/iu.test(headers.get('content-type') ?? '');
}

function isCompleteJson(body: string): boolean {
  try {
    return typeof JSON.parse(body) === 'object';
  } catch {
    return false;
  }
}

function success(raw: RawAnswer, isWrite: boolean): Result<Answer, RequestFailure> {
  const sent: Sent = isWrite ? 'maybe' : 'no';
  const isEmpty = raw.body === '' && (raw.status === 204 || raw.status === 304 || isWrite);
  if (!isEmpty && !isJson(raw.headers)) return err({ kind: 'not-fhir', status: raw.status, detail: 'content type', sent });
  // A body without a length on a closing connection arrives cut in half with 200: only parsing notices (WIRE, Rules for the client).
  if (!isEmpty && !isCompleteJson(raw.body)) return err({ kind: 'not-fhir', status: raw.status, detail: 'half an answer', sent });
  const date = Date.parse(raw.headers.get('date') ?? '');
  return ok({
    status: raw.status,
    body: raw.body,
    versionId: versionIn(raw.headers.get('etag')),
    location: raw.headers.get('location') ?? raw.headers.get('content-location'),
    serverTime: Number.isNaN(date) ? null : date,
  });
}

/** HTTP status → what it means for us. The only place that knows. `now` in ms, for a Retry-After date. */
export function readAnswer(raw: RawAnswer, isWrite: boolean, now: number): Result<Answer, RequestFailure> {
  const { status, headers } = raw;
  if ((status >= 200 && status < 300) || status === 304) return success(raw, isWrite);
  const issue = issueIn(raw.body, status);
  if (status === 401) return err({ kind: 'unauthenticated' });
  if (status === 403) return err({ kind: 'forbidden', issue });
  if (status === 404 || status === 410) return err({ kind: 'gone', status, issue });
  if (status === 409 || status === 412) return err({ kind: 'conflict', status, issue });
  if (status === 429 || status === 503)
    return err({ kind: 'busy', status, retryAfterSeconds: retryAfterSeconds(headers, now), sent: 'no' });
  if (status === 408 || status === 425 || status >= 500) {
    return err({ kind: 'busy', status, retryAfterSeconds: retryAfterSeconds(headers, now), sent: isWrite ? 'maybe' : 'no' });
  }
  if (status < 400) return err({ kind: 'not-fhir', status, detail: 'redirect', sent: 'no' });
  return err({ kind: 'rejected', status, issue });
}
