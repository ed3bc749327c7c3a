import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Waits on 127.0.0.1 for the browser to come back from the sign-in page (RFC 8252, 7.3). */
export interface Loopback {
  readonly redirectUri: string;
  /** The address the browser came back to; undefined when it was closed or the time was over first. */
  readonly arrival: Promise<URL | undefined>;
  readonly close: () => void;
}

const path = '/callback';

const page = `<!doctype html><html lang="en-NZ"><head><meta charset="utf-8"><title>Portal Desk</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:30em;padding:0 1em;color:#1b1f23;background:#fbfbfa}
@media (prefers-color-scheme:dark){body{color:#e6e8ea;background:#16181b}}</style></head>
<body><h1>You can go back to Portal Desk</h1><p>This page has done its work. You can close it.</p></body></html>`;

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  Connection: 'close',
};

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end('Not here.');
}

/** The address, if this is the browser coming back; a favicon or a guess from another host name is not. */
function arrivalIn(request: IncomingMessage, origin: string): URL | undefined {
  if (request.method !== 'GET' || `http://${request.headers.host ?? ''}` !== origin) return undefined;
  const url = URL.parse(request.url ?? '', origin);
  return url?.origin === origin && url.pathname === path ? url : undefined;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Opens the port. It takes one hit, answers it with a page that says to go back, and closes; it closes by itself after `limitSeconds`. */
export async function openLoopback(limitSeconds: number): Promise<Loopback> {
  const { promise: arrival, resolve } = Promise.withResolvers<URL | undefined>();
  let origin = '';
  let arrived = false;
  const server = createServer((request, response) => {
    const url = arrivalIn(request, origin);
    if (!url || arrived) return refuse(response, 404);
    arrived = true;
    response.writeHead(200, headers).end(page, () => close(url));
  });
  const timer = setTimeout(() => close(undefined), limitSeconds * 1000);
  const close = (url: URL | undefined): void => {
    clearTimeout(timer);
    server.close();
    server.closeIdleConnections();
    resolve(url);
  };
  const port = await listen(server);
  origin = `http://127.0.0.1:${port}`;
  return { redirectUri: `${origin}${path}`, arrival, close: () => close(undefined) };
}
