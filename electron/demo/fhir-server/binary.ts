import type { Answer } from './answer.ts';
import { objectIn, parseJson, stringIn } from './json.ts';

/** A Binary resource's text for bytes that were sent as they are; `securityContext` is a reference such as `Patient/p1`. */
export function binaryFromBytes(contentType: string, bytes: Buffer, securityContext: string | undefined): string {
  return JSON.stringify({
    resourceType: 'Binary',
    contentType: contentType === '' ? 'application/octet-stream' : contentType,
    ...(securityContext === undefined ? {} : { securityContext: { reference: securityContext } }),
    data: bytes.toString('base64'),
  });
}

/** Whether a reader of a Binary asks for the resource rather than for its bytes. */
export function wantsFhir(accept: string | undefined): boolean {
  return accept !== undefined && /application\/(fhir\+)?json/.test(accept);
}

/** A Binary's bytes in their own type, never to be opened in place: they come from anybody. */
export function rawBinary(text: string, headers: Readonly<Record<string, string>>): Answer {
  const binary = objectIn(parseJson(text));
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': stringIn(binary.contentType) ?? 'application/octet-stream',
      'Content-Disposition': 'attachment',
      'X-Content-Type-Options': 'nosniff',
    },
    body: Buffer.from(stringIn(binary.data) ?? '', 'base64'),
  };
}
