// npm run bench: prints what the app takes beside what the machine itself takes for the same, as ratios of one run. Never fails on time.
import { writeFileSync } from 'node:fs';
import { compareWith } from './against.ts';
import { workFolder } from './bench-folder.ts';
import { type Bench, profileOf, resourcesOf, type Section } from './bench-run.ts';
import { deltaSection, sizeSection } from './delta-sync.ts';
import { memorySection } from './electron/memory-section.ts';
import { portSection } from './electron/port-section.ts';
import { startSection } from './electron/start-section.ts';
import type { Result } from './finding.ts';
import { syncSection } from './first-sync.ts';
import { type Options, readOptions, type SectionName, usage } from './options.ts';
import { actSection } from './store-act.ts';
import { inboxSection } from './store-inbox.ts';
import { searchSection } from './store-search.ts';
import { describeSurroundings, loadAverage, noiseIndex } from './surroundings.ts';
import { toRecord, toTable } from './table.ts';

const sections: Readonly<Record<SectionName, Section>> = {
  inbox: inboxSection,
  search: searchSection,
  act: actSection,
  sync: syncSection,
  delta: deltaSection,
  size: sizeSection,
  port: portSection,
  start: startSection,
  memory: memorySection,
};

async function measure(bench: Bench): Promise<void> {
  const { options } = bench;
  console.log(
    `Filling stores of ${resourcesOf(bench, 'large')} and ${resourcesOf(bench, 'small')} resources, unless they are kept from an earlier run …`,
  );
  for (const size of ['small', 'large'] as const) await profileOf(bench, size);
  const loadBefore = loadAverage();
  const noise = await noiseIndex();
  const surroundings = await describeSurroundings(bench);
  const results: Result[] = [];
  for (const name of options.only) {
    console.log(`Measuring ${name} …`);
    results.push(...(await sections[name](bench)));
  }
  const worstNoise = Math.max(noise, await noiseIndex());
  const header = [
    ...surroundings,
    ['Load average', `${loadBefore} before, ${loadAverage()} after`],
    ['Noise index', `${worstNoise.toFixed(2)} (99th over median of a fixed millisecond of work; above 3: noisy)`],
    ['Rounds', `${options.rounds}, ours and floor in turn`],
  ] as const;
  console.log(`\n${header.map(([name, value]) => `${name.padEnd(18)} ${value}`).join('\n')}\n\n${toTable(results, worstNoise)}`);
  if (options.json !== null) {
    const findings = results.map((result) => ('goal' in result ? toRecord(result, worstNoise) : result));
    writeFileSync(options.json, `${JSON.stringify({ header: Object.fromEntries(header), findings }, null, 2)}\n`);
  }
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  console.error(`${problem instanceof Error ? problem.message : problem}\n${usage}`);
  process.exitCode = 2;
}
if (options) {
  const work = workFolder();
  process.once('exit', work.remove);
  const bench = { options, folder: work.path };
  await (options.against === null ? measure(bench) : compareWith(bench, options.against));
}
