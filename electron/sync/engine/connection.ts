import type { RequestFailure } from '../../fhir/client/answer.ts';
import { backoffMs } from './backoff.ts';

/** How things stand with the portal server, as the last answers told. Only this decides what the status bar says (SAFETY I6). */
export type Connection =
  | { readonly is: 'unknown' }
  | { readonly is: 'online' }
  | { readonly is: 'offline'; readonly failures: number }
  | { readonly is: 'busy'; readonly failures: number; readonly retryAfterSeconds: number | null }
  | { readonly is: 'signed-out' }
  | { readonly is: 'trouble'; readonly failures: number; readonly problem: string };

/** Longest wait before an unreachable server is tried again: people watch for the return of the network. */
const longestProbeMs = 30_000;

/** What a failed request says about the connection; a refusal of one act says nothing against it. */
export function afterFailure(connection: Connection, failure: RequestFailure): Connection {
  const failures = 'failures' in connection ? connection.failures + 1 : 1;
  switch (failure.kind) {
    case 'unreachable':
      return { is: 'offline', failures };
    case 'busy':
      return { is: 'busy', failures, retryAfterSeconds: failure.retryAfterSeconds };
    case 'unauthenticated':
      return { is: 'signed-out' };
    case 'not-fhir':
      return { is: 'trouble', failures, problem: 'The portal server sent something that is not FHIR.' };
    case 'forbidden':
      return { is: 'trouble', failures, problem: 'The portal server does not allow this account to read the practice’s records.' };
    case 'rejected':
    case 'gone':
    case 'conflict':
      return { is: 'trouble', failures, problem: 'The portal server refused a request that it should understand.' };
  }
}

/** Milliseconds until the next look at the server; null: not before a person signs in. */
export function nextLookMs(connection: Connection, pollMs: number, random: () => number): number | null {
  switch (connection.is) {
    case 'unknown':
    case 'online':
      return pollMs;
    case 'offline':
    case 'trouble':
      return Math.min(longestProbeMs, backoffMs(connection.failures, random));
    case 'busy':
      return connection.retryAfterSeconds === null
        ? Math.min(longestProbeMs, backoffMs(connection.failures, random))
        : Math.min(86_400, connection.retryAfterSeconds) * 1_000;
    case 'signed-out':
      return null;
  }
}

/** Whether queued changes may be tried now. While the server can't be reached they wait, visibly, and the pull finds out when it is back. */
export function maySend(connection: Connection): boolean {
  return connection.is === 'online';
}
