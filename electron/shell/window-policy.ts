import type { Session, WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** The page gets no permission at all and can leave nowhere (SAFETY, Security controls: permissions, navigation, windows). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnAddress(details.url) }));
}

export function denyNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Our own pages, and the developer tools' while the app is not packaged. */
export function isOwnAddress(address: string): boolean {
  return address.startsWith(`${appOrigin}/`) || address.startsWith('blob:app://portal-desk/') || address.startsWith('devtools://');
}
