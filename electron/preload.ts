/// <reference lib="dom" />
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { portMessage, portRequest, type ShellBridge } from '../shared/bridge.ts';
import { shellChannels, type Topic } from '../shared/channels.ts';

const known = new Set<string>(shellChannels);

/** What the page gets: one door to the shell. The door to the core is a MessagePort, which comes as a window message. */
const bridge: ShellBridge = {
  call: (channel, input) =>
    known.has(channel) ? ipcRenderer.invoke(channel, input) : Promise.reject(new Error(`Unknown channel ${channel}`)),
  onChanged: (listener) => {
    const hear = (_event: IpcRendererEvent, topics: readonly Topic[]) => listener(topics);
    ipcRenderer.on('changed', hear);
    return () => ipcRenderer.off('changed', hear);
  },
};

contextBridge.exposeInMainWorld('portalDesk', bridge);

// The page listens once its scripts have run, which is just before this event.
const listening = new Promise<void>((resolve) => {
  if (document.readyState === 'loading') window.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  else resolve();
});

// A port can't pass the context bridge, so it is handed on as a message to this page and no other.
ipcRenderer.on(portMessage, (event: IpcRendererEvent) => {
  void listening.then(() => window.postMessage(portMessage, window.location.origin, event.ports));
});
ipcRenderer.send(portRequest);
