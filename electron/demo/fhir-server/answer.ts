import type { ServerResponse } from 'node:http';
import { versionFacts } from './bundle-text.ts';
import type { Version } from './database.ts';
import type { Fault } from './faults.ts';
import { operationOutcome, type Problem } from './problem.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

const fhirJson = 'application/fhir+json; charset=utf-8';

export function jsonAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': fhirJson, ...headers }, body };
}

export function problemAnswer(problem: Problem): Answer {
  return jsonAnswer(problem.status, JSON.stringify(operationOutcome(problem)), problem.headers);
}

/** The headers every answer about one version carries. */
export function versionHeaders(version: Version, baseUrl: string): Readonly<Record<string, string>> {
  return {
    ETag: versionFacts(version).etag,
    'Last-Modified': new Date(version.lu).toUTCString(),
    'Content-Location': `${baseUrl}/${versionFacts(version).path}`,
  };
}

function sendTruncated(response: ServerResponse, answer: Answer, fault: Extract<Fault, { kind: 'truncate-body' }>): void {
  const whole = Buffer.from(answer.body ?? '');
  const part = whole.subarray(0, fault.bytes);
  if (fault.framing === 'length') {
    response.writeHead(answer.status, { ...answer.headers, 'Content-Length': whole.length });
    response.write(part, () => response.destroy());
    return;
  }
  // Without a length and without chunks the end of the connection is the end of the body
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.removeHeader('Content-Length');
  response.writeHead(answer.status, { ...answer.headers, Connection: 'close' });
  response.end(part);
}

/** Sends the answer, or what the fault makes of it. */
export function sendAnswer(response: ServerResponse, answer: Answer, fault: Fault | undefined): void {
  switch (fault?.kind) {
    case undefined: {
      const length = answer.body === undefined ? 0 : Buffer.byteLength(answer.body);
      response.writeHead(
        answer.status,
        answer.status === 304 || answer.status === 204 ? answer.headers : { ...answer.headers, 'Content-Length': length },
      );
      response.end(answer.body);
      return;
    }
    case 'drop-socket':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'answer':
      response.writeHead(fault.status, { 'Content-Type': fhirJson, ...fault.headers });
      response.end(fault.body);
      return;
    case 'truncate-body':
      sendTruncated(response, answer, fault);
  }
}
