/** The network as it comes from outside: Electron's `net.fetch` (system proxy and certificates), Node's fetch under tests. */
export type FetchPort = (url: string, init: RequestInit) => Promise<Response>;

/** The whole request, up to the last byte of its answer, must end within this time. */
export const requestTimeoutSeconds = 30;

/** Whether the request may have reached the server: `maybe` when the answer was lost, `no` when it never left. */
export type Sent = 'no' | 'maybe';

const neverSent =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_ACCESS_DENIED|ERR_PROXY_CONNECTION_FAILED|CERT|ERR_SSL|self.signed/iu;
const certificate = /CERT|ERR_SSL|self.signed|UNABLE_TO_VERIFY|ALTNAME/iu;

/** Codes of an error and its causes; messages may hold addresses and are not passed on. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const name = 'message' in error && typeof error.message === 'string' ? [/(?:net::)?(ERR_[A-Z_]+)/u.exec(error.message)?.[1] ?? ''] : [];
  const causes = 'errors' in error && Array.isArray(error.errors) ? error.errors : 'cause' in error ? [error.cause] : [];
  return [...code, ...name, ...causes.flatMap((cause: unknown) => codesOf(cause, depth + 1))].filter((text) => text !== '');
}

/** What a thrown fetch means. `code` is a system or network error code, never a message. */
export function readFetchError(error: unknown): { readonly sent: Sent; readonly code: string; readonly isCertificate: boolean } {
  const codes = codesOf(error);
  const code = codes.at(-1) ?? (error instanceof Error ? error.name : 'unknown');
  return {
    sent: codes.some((each) => neverSent.test(each)) ? 'no' : 'maybe',
    code,
    isCertificate: codes.some((each) => certificate.test(each)),
  };
}

/** Reads a body as text up to a limit of bytes; undefined when it is longer or not UTF-8. */
export async function readBounded(response: Response, limitBytes: number): Promise<string | undefined> {
  if (!response.body) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > limitBytes) return undefined;
      parts.push(decoder.decode(chunk, { stream: true }));
    }
    parts.push(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
  return parts.join('');
}
