import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

export const appOrigin = 'app://portal-desk';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before `ready`. No fetch or CORS rights for the scheme: only the page's own files are ever loaded (SAFETY, Security controls). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** No inline style and no inline script: React Aria's one inline style is kept out by its `meta` in index.html (UI, trap 15). */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Serves the built page from `folder` and nothing from outside it. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const file = fileFor(request.url, folder);
    const contentType = file === undefined ? undefined : contentTypes[extname(file)];
    if (request.method !== 'GET' || file === undefined || contentType === undefined) return new Response('Not found', { status: 404 });
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) return new Response('Not found', { status: 404 });
    const headers = {
      'content-type': contentType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    };
    return new Response(new Uint8Array(content), { headers });
  });
}

/** Exported for its test: undefined for another origin, for a path that leaves the folder and for one that can't be decoded. */
export function fileFor(address: string, folder: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || `${url.protocol}//${url.host}` !== appOrigin) return undefined;
  try {
    const path = decodeURIComponent(url.pathname);
    if (path.includes('\0')) return undefined;
    const file = normalize(join(folder, path === '/' ? 'index.html' : path));
    return file.startsWith(folder + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
