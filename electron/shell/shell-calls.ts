import { writeFileSync } from 'node:fs';
import { app, BrowserWindow, clipboard, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { ShellChannel } from '../../shared/channels.ts';
import { type Input, type Output, type Reply, shellContract } from '../../shared/contract.ts';
import { err, ok } from '../../shared/result.ts';
import { appOrigin } from './app-protocol.ts';
import type { Log } from './log.ts';
import type { PreferenceFile } from './preferences.ts';

type Handlers = { readonly [C in ShellChannel]: (input: Input<C>, event: IpcMainInvokeEvent) => Output<C> | Promise<Output<C>> };

/** The pinned Electron; any other is the stand-in for machines that can't fetch it (About says which). */
const pinnedElectron = '45.4.1';

interface CallContext {
  readonly preferences: PreferenceFile;
  readonly log: Log;
  readonly screenshotFile: string | null;
  /** After preferences changed: windows take over the theme. */
  readonly onPreferences: () => void;
}

/** Serves the windows' calls to the shell. Same checks as the core's: sender, schema, and a bug becomes a reference. */
export function serveShellCalls(ports: CallContext): void {
  const handlers = handlersFor(ports);
  for (const channel of Object.keys(shellContract) as ShellChannel[]) serveOne(channel, handlers, ports.log);
}

function serveOne<C extends ShellChannel>(channel: C, handlers: Handlers, log: Log): void {
  ipcMain.handle(channel, async (event, raw: unknown): Promise<Reply<C>> => {
    if (event.senderFrame === null || event.senderFrame.parent !== null || !event.senderFrame.url.startsWith(`${appOrigin}/`)) {
      return err({ kind: 'not-allowed', needs: 'own-window' });
    }
    const input = shellContract[channel].input.safeParse(raw);
    if (!input.success) return err({ kind: 'invalid-input', field: channel, problem: 'shape' });
    try {
      return ok(await handlers[channel](input.data as Input<C>, event));
    } catch (error) {
      const reference = Math.random().toString(36).slice(2, 8);
      log('error', 'shell-call-failed', { channel, reference, name: error instanceof Error ? error.name : 'unknown' });
      return err({ kind: 'unexpected', reference });
    }
  });
}

function handlersFor({ preferences, screenshotFile, onPreferences }: CallContext): Handlers {
  return {
    'app.about': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chromium: process.versions.chrome ?? '',
      node: process.versions.node,
      runtime: process.versions.electron === pinnedElectron ? 'electron' : 'stand-in',
      packaged: app.isPackaged,
    }),
    'app.preferences': () => preferences.find(),
    'app.save-preferences': (change) => {
      const saved = preferences.save(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      onPreferences();
      return saved;
    },
    'app.copy-text': async ({ text }) => {
      await copyForAMinute(text);
      return {};
    },
    'app.ready-for-screenshot': async (_input, event) => {
      if (screenshotFile !== null) await writeScreenshot(event, screenshotFile);
      return {};
    },
  };
}

/** Copied text is wiped after 60 s unless something else was copied since (SAFETY D9). */
async function copyForAMinute(text: string): Promise<void> {
  await clipboard.writeText(text);
  setTimeout(() => void clearWhenUnchanged(text), 60_000).unref();
}

async function clearWhenUnchanged(text: string): Promise<void> {
  if ((await clipboard.readText()) === text) await clipboard.clear();
}

async function writeScreenshot(event: IpcMainInvokeEvent, file: string): Promise<void> {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (!window) return;
  writeFileSync(file, (await window.webContents.capturePage()).toPNG());
}
