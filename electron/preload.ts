/// <reference lib="dom" />
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type ShellChannel, shellChannels } from '../shared/channels.ts';
import type { Input, Reply } from '../shared/contract.ts';

const known = new Set<string>(shellChannels);

/** What the page gets: one door to the shell. The door to the core is a MessagePort, which comes as a window message. */
const bridge = {
  shell: <C extends ShellChannel>(channel: C, input: Input<C>): Promise<Reply<C>> =>
    known.has(channel) ? ipcRenderer.invoke(channel, input) : Promise.reject(new Error(`Unknown channel ${channel}`)),
};
export type Bridge = typeof bridge;

contextBridge.exposeInMainWorld('portalDesk', bridge);

// A port can't pass the context bridge, so it is handed on as a message to this page and no other.
ipcRenderer.on('portal-desk-port', (event: IpcRendererEvent) =>
  window.postMessage('portal-desk-port', window.location.origin, event.ports),
);
