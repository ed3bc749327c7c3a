import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, type Session, screen, session, type WebContents } from 'electron';
import { appOrigin, serveApp } from './app-protocol.ts';
import type { CommandLine } from './command-line.ts';
import type { PreferenceFile } from './preferences.ts';
import { minimumSize, placeWindow } from './window-state.ts';

/** In memory: no cache, cookie or storage of a page is ever written (SAFETY D9). */
const partition = 'portal-desk';

/** Asserted by a test on the real window: none of these may be loosened (SAFETY, Security controls). */
export function webPreferences(outFolder: string): NonNullable<BrowserWindowConstructorOptions['webPreferences']> {
  return {
    preload: join(outFolder, 'preload.cjs'),
    partition,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    disableDialogs: true,
  };
}

export function prepareWindowSession(outFolder: string): void {
  const pages = session.fromPartition(partition);
  serveApp(pages, join(outFolder, 'renderer'));
  denyPermissions(pages);
}

export function openMainWindow(outFolder: string, preferences: PreferenceFile, commandLine: CommandLine): BrowserWindow {
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const place = placeWindow(preferences.windowBounds(), workAreas);
  const window = new BrowserWindow({
    ...place,
    ...(commandLine.size ?? {}),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Portal Desk',
    autoHideMenuBar: true,
    backgroundColor: preferences.find().theme === 'dark' ? '#0F171D' : '#F4F6F8',
    webPreferences: { ...webPreferences(outFolder), zoomFactor: preferences.zoom() },
  });
  denyNavigation(window.webContents);
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () => preferences.saveWindowBounds(window.getNormalBounds()));
  window.webContents.on('zoom-changed', () => preferences.saveZoom(window.webContents.getZoomFactor()));
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** The page gets no permission at all and can leave nowhere (SAFETY, Security controls: permissions, navigation, windows). */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnAddress(details.url) }));
}

function denyNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Our own pages, and the developer tools' while the app is not packaged. */
function isOwnAddress(address: string): boolean {
  return address.startsWith(`${appOrigin}/`) || address.startsWith('blob:app://portal-desk/') || address.startsWith('devtools://');
}
