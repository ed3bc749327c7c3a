import type { ShellChannel, Topic } from './channels.ts';

/** What the preload exposes as `window.portalDesk`: calls that the shell answers, and its `changed` pushes. The core is reached over the port. */
export interface ShellBridge {
  /** Answers Reply<channel>. */
  call(channel: ShellChannel, input: unknown): Promise<unknown>;
  /** Returns the function that unsubscribes. */
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
}

/** `data` of the window message that hands the page its MessagePort to the core; `ports[0]` is the port. Sent again after each restart of the core. */
export const portMessage = 'portal-desk-port';

/** With it the preload of each page asks the shell for that page's port. */
export const portRequest = 'portal-desk-port-wanted';
