import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

/** V8's precise coverage; the first range of a function is the whole of it. */
const Coverage = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({ functionName: z.string(), ranges: z.array(z.object({ startOffset: z.number(), count: z.number() })).min(1) }),
      ),
    }),
  ),
});
type Coverage = z.infer<typeof Coverage>;

/** Product file from the root → the functions of it that ran: offset in the source → name; '' where it has none. */
export type Ran = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Watches from now on which functions of this process run. Call it before what is watched is loaded. */
export async function watchFunctions(): Promise<() => Promise<Coverage>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return async () => {
    const coverage = await session.post('Profiler.takePreciseCoverage');
    session.disconnect();
    return Coverage.parse(coverage);
  };
}

/** What a process that ran with NODE_V8_COVERAGE, or `watchFunctions`, wrote into this folder; several processes of one kind are taken together. */
export function functionsThatRan(folder: string): Ran {
  const ran = new Map<string, Map<number, string>>();
  for (const name of readdirSync(folder)) {
    for (const { url, functions } of Coverage.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).result) {
      const file = productFile(url);
      if (file === undefined) continue;
      const known = ran.get(file) ?? new Map<number, string>();
      for (const { functionName, ranges } of functions) {
        const [whole] = ranges;
        if (whole && whole.count > 0) known.set(whole.startOffset, functionName);
      }
      ran.set(file, known);
    }
  }
  return ran;
}

/** The server that stands in for the portal is not the app. */
function productFile(url: string): string | undefined {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url;
  const file = relative(root, path.replace(/\?.*$/, '')).replaceAll('\\', '/');
  return /^(shared|electron|renderer)\//.test(file) && !file.startsWith('electron/demo/') ? file : undefined;
}
