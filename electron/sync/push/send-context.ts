import type { WriteContext } from '../../fhir/acts/request-entry.ts';
import type { FhirGateway } from '../engine/fhir-gateway.ts';
import type { TakeContext } from '../pull/take-page.ts';

/** What sending a change needs from outside. */
export interface SendContext extends TakeContext {
  readonly portal: FhirGateway;
  /** Draws from [0, 1). */
  readonly random: () => number;
  readonly context: WriteContext;
  /** Whether this server's transactions are all or nothing; else the writes go one by one. */
  readonly atomic: boolean;
  /** Told when the server's effect has been seen: the journal's copy of the intent is no longer needed (SAFETY D5). */
  readonly journal: { retire(opId: string): void };
  /** The server's own request timeout: a request whose answer was lost may still be at work for so long. */
  readonly lostAnswerMs: number;
  /** By our clock: until then the requests of the process before this one may still be at work. */
  readonly askOnlyUntil?: number;
}
