import { parseArgs } from 'node:util';
import { profiles, type Quirks } from './quirks.ts';
import { startPortal } from './start-portal.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8103' },
    seed: { type: 'string', default: '2026' },
    file: { type: 'string' },
    quirks: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `A portal server to try Portal Desk's sign-in with. Everybody in it is invented.
  --port 8103      port on 127.0.0.1 (another one with --quirks)
  --file PATH      keep everything in this file; otherwise it is forgotten at the end
  --seed 2026      another seed is another practice
  --quirks NAME    behave like another engine: ${Object.keys(profiles).join(', ')}`;

function quirksOf(name: string | undefined): { readonly quirks?: Quirks } {
  const found = Object.entries(profiles).find(([profile]) => profile === name)?.[1];
  return found ? { quirks: found } : {};
}

if (values.help) console.log(usage);
else {
  const portal = await startPortal({
    seed: Number(values.seed),
    port: Number(values.port),
    ...(values.file !== undefined && { databasePath: values.file }),
    ...quirksOf(values.quirks),
    enrolled: 1200,
    openItems: 400,
    historyItems: 3600,
  });
  console.log(`Portal server: ${portal.baseUrl}`);
  console.log('In Portal Desk choose "Sign in to your practice" and give that address. Ctrl+C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void portal.close());
}
