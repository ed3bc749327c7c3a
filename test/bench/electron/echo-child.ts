// A utility process that answers over a port with what it was told to, as the core answers with a page of rows; nothing else.
import { fdatasyncSync, openSync, writeSync } from 'node:fs';

const block = Buffer.alloc(8192, 'x');
let file: number | undefined;
let reply = '';

process.parentPort.on('message', ({ ports: [port] }) => {
  port?.on('message', ({ data }) => {
    const { id, channel, input } = data;
    if (channel === 'set') reply = input;
    if (channel === 'save') {
      file ??= openSync(process.env.BENCH_FILE ?? '', 'w');
      writeSync(file, block);
      fdatasyncSync(file);
    }
    port.postMessage({ kind: 'reply', id, reply: channel === 'echo' ? reply : '{}' });
  });
  port?.start();
});
