// A page with two ports: to the real core, and to a process that only echoes. Times calls over both in turn.
import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, protocol, type UtilityProcess, utilityProcess } from 'electron';

const outFolder = process.env.BENCH_OUT ?? '';
const portMessage = 'portal-desk-port';
// Isolated across origins, so that the page's clock is exact to microseconds.
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

app.setPath('userData', process.env.BENCH_PROFILE ?? '');
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
void app.whenReady().then(async () => {
  protocol.handle('app', () => new Response('<!doctype html><title>Ports</title>', { headers }));
  const core = utilityProcess.fork(join(outFolder, 'core.js'), [], { stdio: 'inherit' });
  await coreReady(core);
  const echo = utilityProcess.fork(process.env.BENCH_ECHO ?? '', [], { stdio: 'inherit' });
  const window = new BrowserWindow({ webPreferences: { sandbox: true, preload: join(outFolder, 'preload.cjs') } });
  await window.loadURL('app://bench/');
  // Listening first: a port takes another way to the page than a script and may overtake it.
  await window.webContents.executeJavaScript(`globalThis.gathered = (${gatherPorts})(); 0`);
  for (const to of [core, echo]) {
    const { port1, port2 } = new MessageChannelMain();
    to.postMessage({ kind: 'window' }, [port1]);
    window.webContents.postMessage(portMessage, null, [port2]);
  }
  await window.webContents.executeJavaScript('globalThis.gathered');
  const result = await window.webContents
    .executeJavaScript(`(${measureInPage})(${process.env.BENCH_PLAN})`)
    .catch((problem: unknown) => ({ problem: String(problem) }));
  console.log(`RESULT ${JSON.stringify(result)}`);
  core.once('exit', () => app.quit());
  core.postMessage({ kind: 'stop' });
});

/** Plays the shell for the core: a keychain that reverses, and nothing else. Resolves when calls are served. */
function coreReady(core: UtilityProcess): Promise<void> {
  core.postMessage({
    kind: 'start',
    dataFolder: join(process.env.BENCH_PROFILE ?? '', 'stores'),
    sqliteBinding: process.env.PORTAL_DESK_SQLITE_BINDING ?? null,
    appVersion: '0.0.0-bench',
    demo: null,
    resume: null,
  });
  return new Promise((resolve) => {
    core.on('message', ({ kind, id, value }) => {
      const unsealed = () => JSON.stringify({ secret: Buffer.from(value, 'base64').reverse().toString('base64'), resealed: null });
      const answer = kind === 'keychain-backend' ? 'gnome_libsecret' : kind === 'unseal' ? unsealed() : null;
      core.postMessage({ kind: 'answer', id, ok: true, value: answer, isTemporary: false });
      if (kind === 'ready') resolve();
    });
  });
}

/** Runs in the page: waits for both ports, the core's first. */
function gatherPorts(): Promise<void> {
  return new Promise((resolve) => {
    const ports: MessagePort[] = [];
    window.addEventListener('message', ({ ports: [port] }) => {
      if (port) ports.push(port);
      if (ports.length < 2) return;
      Object.assign(globalThis, { ports });
      resolve();
    });
  });
}

/** Runs in the page. Milliseconds by round of each kind of call, to the core and to the echo in turn, replies parsed. */
async function measureInPage(plan: { rounds: number; samples: number; words: string[] }): Promise<unknown> {
  const ports: MessagePort[] = Reflect.get(globalThis, 'ports');
  const waiting = new Map<number, (reply: string) => void>();
  let lastId = 0;
  for (const port of ports) port.onmessage = ({ data }) => waiting.get(data.id)?.(data.reply);
  const callText = (at: number, channel: string, input: unknown): Promise<string> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      ports[at]?.postMessage({ id: lastId, channel, input: typeof input === 'string' ? input : JSON.stringify(input) });
    });
  const ask = async (channel: string, input: unknown) => {
    const reply = JSON.parse(await callText(0, channel, input));
    if (!reply.ok) throw new Error(`${channel} was refused: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  // Always a full page, or the echo would not be of its size.
  const { total } = await ask('inbox.page', { view: 'messages', offset: 0, limit: 1, anchor: null });
  const places = Math.max(1, Math.min(400, total - 50));
  const pageInput = (sample: number) => ({ view: 'messages', offset: (sample * 37) % places, limit: 50, anchor: null });
  const searchInput = (sample: number) => ({ text: plan.words[sample % plan.words.length], limit: 50 });

  const needed = plan.samples * (plan.rounds + 1);
  const acts: unknown[] = [];
  for (let offset = 0; acts.length < needed; offset += 200) {
    const { rows } = await ask('inbox.page', { view: 'all', offset, limit: 200, anchor: null });
    for (const { key: itemKey, patientId, priority } of rows) {
      const { seen } = await ask('items.detail', { itemKey });
      const input = { priority: priority === 'routine' ? 'urgent' : 'routine' };
      acts.push({ kind: 'set-priority', opId: crypto.randomUUID(), subject: { itemKey, patientId }, seen, input });
    }
    if (rows.length < 200) break;
  }
  const kinds = {
    nothing: { channel: 'session.status', input: () => ({}), floor: 'nothing' },
    page: { channel: 'inbox.page', input: pageInput, floor: 'echo' },
    search: { channel: 'inbox.search', input: searchInput, floor: 'echo' },
    act: { channel: 'acts.perform', input: (sample: number) => acts[sample], floor: 'save' },
  };
  const results: Record<string, { ours: number[][]; floor: number[][] }> = {};
  for (const [name, { channel, input, floor }] of Object.entries(kinds)) {
    await callText(1, 'set', await callText(0, channel === 'acts.perform' ? 'session.status' : channel, input(0)));
    const samples = name === 'act' ? Math.min(plan.samples, Math.floor(acts.length / (plan.rounds + 1))) : plan.samples;
    const measured = { ours: [] as number[][], floor: [] as number[][] };
    for (let round = -1, sample = 0; round < plan.rounds; round += 1) {
      const taken = { ours: [] as number[], floor: [] as number[] };
      for (let left = samples; left > 0; left -= 1, sample += 1) {
        for (const side of sample % 2 === 0 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const)) {
          const startedAt = performance.now();
          if (side === 'ours') await ask(channel, input(sample));
          else JSON.parse(await callText(1, floor, input(sample)));
          taken[side].push(performance.now() - startedAt);
        }
      }
      if (round < 0) continue;
      measured.ours.push(taken.ours);
      measured.floor.push(taken.floor);
    }
    results[name] = measured;
  }
  return results;
}
