// The app as built, with marks. Only its keychain is replaced: a machine without one would stop at the passphrase.
import { pathToFileURL } from 'node:url';
import { app, type BrowserWindow, type Event, safeStorage } from 'electron';

const mark = (name: string, at = performance.timeOrigin + performance.now()) => console.log(`MARK ${name} ${at}`);

mark('main');
const reversed = (bytes: Buffer): Buffer => Buffer.from(bytes).reverse();
const fakes = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => reversed(Buffer.from(text, 'base64')),
  decryptString: (sealed: Buffer) => reversed(sealed).toString('base64'),
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => reversed(Buffer.from(text, 'base64')),
  decryptStringAsync: async (sealed: Buffer) => ({ result: reversed(sealed).toString('base64'), shouldReEncrypt: false }),
};
for (const [name, value] of Object.entries(fakes)) Object.defineProperty(safeStorage, name, { value, configurable: true });
void app.whenReady().then(() => mark('ready'));
app.once('browser-window-created', (_event: Event, window: BrowserWindow) => {
  const { webContents } = window;
  webContents.once('dom-ready', async () => {
    mark('dom');
    mark('rows', await webContents.executeJavaScript(`(${rowsPainted})()`));
    // Watched for before it is pressed: a key takes another way to the page than a script and may overtake it.
    await webContents.executeJavaScript(`globalThis.handled = (${keyPainted})(); 0`);
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'j' });
    webContents.sendInputEvent({ type: 'keyUp', keyCode: 'j' });
    mark('usable', await webContents.executeJavaScript('globalThis.handled'));
  });
});

await import(pathToFileURL(process.env.BENCH_APP ?? '').href);

/** Runs in the page. Epoch milliseconds of when rows of the list had been handed to the screen. */
function rowsPainted(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const length = Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? -1);
      const rows = document.querySelectorAll('[role="row"][id^="row-"]').length;
      if (length < 1 || rows < Math.min(length, 8)) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      return requestAnimationFrame(() => port2.postMessage(null));
    };
    look();
  });
}

/** Runs in the page. Epoch milliseconds of when a key had moved the selection and that had been handed to the screen. */
function keyPainted(): Promise<number> {
  const active = () => document.querySelector('[role="grid"]')?.getAttribute('aria-activedescendant');
  const before = active();
  return new Promise((resolve) => {
    const look = () => {
      if (active() === before) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      return requestAnimationFrame(() => port2.postMessage(null));
    };
    look();
  });
}
