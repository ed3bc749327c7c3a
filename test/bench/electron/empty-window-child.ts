// The least that an Electron window can be: one sandboxed page with a line of text, from the same kind of scheme as the app's.
import { app, BrowserWindow, protocol } from 'electron';

const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><body><p>Empty</p></body></html>';
const mark = (name: string, at = performance.timeOrigin + performance.now()) => console.log(`MARK ${name} ${at}`);

mark('main');
app.setPath('userData', process.env.BENCH_PROFILE ?? '');
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(async () => {
  mark('ready');
  protocol.handle('app', () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, spellcheck: false } });
  const loaded = new Promise<void>((resolve) => window.webContents.once('dom-ready', () => resolve()));
  void window.loadURL('app://bench/');
  await loaded;
  mark('dom');
  mark('usable', await window.webContents.executeJavaScript(`(${painted})()`));
});

/** Runs in the page. Epoch milliseconds of when the frame that stands now has been handed to the screen. */
function painted(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    });
  });
}
