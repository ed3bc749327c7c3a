import { shell } from 'electron';
import type { ToShell } from '../../shared/core-messages.ts';
import { assertNever } from '../../shared/result.ts';
import type { DemoProcess } from './demo-process.ts';
import type { Keychain } from './keychain.ts';
import type { Log } from './log.ts';

export interface RequestContext {
  readonly keychain: Keychain;
  readonly demo: DemoProcess;
  readonly log: Log;
  readonly startAppAnew: () => void;
}

/** What the shell does for the core. Throws when it can't: the core is answered `ok: false`. */
export async function answerCore(request: ToShell, { keychain, demo, log, startAppAnew }: RequestContext): Promise<string | null> {
  switch (request.kind) {
    case 'keychain-backend':
      return await keychain.backend();
    case 'seal':
      return await keychain.seal(request.value);
    case 'unseal':
      return JSON.stringify(await keychain.unseal(request.value));
    case 'open-browser':
      await openSignInPage(request.url);
      return null;
    case 'start-demo-portal':
      return JSON.stringify(await demo.start(request.fresh));
    case 'stop-demo-portal':
      demo.stop();
      return null;
    case 'start-app-anew':
      startAppAnew();
      return null;
    case 'log':
      log(request.level, request.code, request.fields);
      return null;
    case 'keep-for-restart':
    case 'ready':
      return null;
    default:
      return assertNever(request);
  }
}

/** Only a web address, parsed, and plain http only on this computer: nothing else is ever handed to the operating system. */
async function openSignInPage(address: string): Promise<void> {
  const url = new URL(address);
  const isLocal = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) throw new Error('Not an address for a sign-in page');
  await shell.openExternal(url.href);
}
