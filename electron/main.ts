import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, powerMonitor, safeStorage } from 'electron';
import { portMessage, portRequest } from '../shared/bridge.ts';
import type { Topic } from '../shared/channels.ts';
import { registerAppScheme } from './shell/app-protocol.ts';
import { readCommandLine } from './shell/command-line.ts';
import { type CoreProcess, startCoreProcess } from './shell/core-process.ts';
import { answerCore } from './shell/core-requests.ts';
import { demoProcess } from './shell/demo-process.ts';
import { systemKeychain } from './shell/keychain.ts';
import { openLog } from './shell/log.ts';
import { setMenu } from './shell/menu.ts';
import { openPreferences } from './shell/preferences.ts';
import { serveShellCalls } from './shell/shell-calls.ts';
import { openMainWindow, prepareWindowSession } from './shell/window.ts';

const commandLine = readCommandLine(process.argv);
const outFolder = dirname(fileURLToPath(import.meta.url));
if (commandLine.profile !== null) app.setPath('userData', commandLine.profile);

registerAppScheme();
// Or Electron builds a menu of its own first.
Menu.setApplicationMenu(null);
// As root Chromium can't use its sandbox, and a start that insisted would end there; the windows ask for it all the same.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

// `app.whenReady()` awaited at the top level of an ES module never resolves: ready waits for this module (UI, trap 5).
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const userData = app.getPath('userData');
  const log = openLog(join(userData, 'logs'));
  const preferences = openPreferences(userData);
  const demo = demoProcess(outFolder, join(userData, 'demo-portal'), sqliteBinding());
  const ports = { keychain: systemKeychain(safeStorage, process.platform), demo, log, startAppAnew };
  const core = startCoreProcess({
    outFolder,
    start: { dataFolder: join(userData, 'stores'), sqliteBinding: sqliteBinding(), appVersion: app.getVersion(), demo: commandLine.demo },
    log,
    answer: (request) => answerCore(request, ports),
    onRestart: () => connect(window, core),
    onGiveUp: () =>
      dialog.showErrorBox(
        'Portal Desk has to stop',
        'It failed several times in a row. Your work is safe on this computer. Please start it again.',
      ),
  });

  const applyTheme = () => {
    nativeTheme.themeSource = commandLine.theme ?? preferences.find().theme;
  };
  applyTheme();
  prepareWindowSession(outFolder);
  const window = openMainWindow(outFolder, preferences, commandLine);
  setMenu(preferences);
  const onPreferences = () => {
    applyTheme();
    window.webContents.send('changed', ['preferences'] satisfies Topic[]);
  };
  serveShellCalls({ preferences, log, screenshotFile: commandLine.screenshotFile, onPreferences });
  // From the preload, for each page that is loaded: long before the page itself could listen.
  ipcMain.on(portRequest, ({ sender, senderFrame }) => {
    if (sender === window.webContents && senderFrame === sender.mainFrame) connect(window, core);
  });
  // Not while the first rows are on their way: they need the processor.
  setTimeout(() => preferences.prepareToSave(), 5000).unref();
  window.webContents.on('render-process-gone', (_event, details) => {
    log('error', 'window-gone', { reason: details.reason });
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  powerMonitor.on('resume', core.wake);
  window.on('focus', () => core.setFocused(true));
  window.on('blur', () => core.setFocused(false));
  quitInOrder(core, demo.stop);
}

/** An AppImage runs from a mount that goes with the process: the file itself is to be started. */
function startAppAnew(): void {
  app.relaunch(process.env.APPIMAGE ? { execPath: process.env.APPIMAGE } : {});
  app.quit();
}

/** A new channel for a page that has just been loaded, or for a core that has just been started again. */
function connect(window: BrowserWindow, core: CoreProcess): void {
  const { port1, port2 } = new MessageChannelMain();
  core.connect(port1);
  window.webContents.postMessage(portMessage, null, [port2]);
}

/** The core closes its store before the app ends. */
function quitInOrder(core: CoreProcess, stopDemo: () => void): void {
  let stopped = false;
  // electron-store's file writer ends the process on these, in the middle of things; with a listener of ours here it no longer does.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void core.stop().then(() => {
      stopped = true;
      stopDemo();
      app.quit();
    });
  });
}

/** Only a development run on a runtime that the prebuilt addon does not fit names another; a packaged app never takes one from outside. */
function sqliteBinding(): string | null {
  return app.isPackaged ? null : (process.env.PORTAL_DESK_SQLITE_BINDING ?? null);
}
