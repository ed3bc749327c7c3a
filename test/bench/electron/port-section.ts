import { join } from 'node:path';
import { z } from 'zod';
import { copiedProfile, type Section } from '../bench-run.ts';
import { launch, whyNoElectron, writeProgram } from './launch.ts';

const Measured = z.object({ ours: z.array(z.array(z.number())), floor: z.array(z.array(z.number())) });
const Measurements = z.object({ nothing: Measured, page: Measured, search: Measured, act: Measured });

const words = ['Smith', 'pa', 'please', 'Tane', 'blood', 'rep', 'thank', 'Wilson', 'he', 'appointment'];

/** Calls as a window makes them: over a port to the core, beside an echo of the same size over the same kind of port. */
export const portSection: Section = async (bench) => {
  const why = whyNoElectron();
  if (why) return [{ section: 'port', skipped: why }];
  const profile = await copiedProfile(bench, 'large');
  const program = launch(writeProgram(bench.folder, 'port'), {
    BENCH_PROFILE: profile,
    BENCH_ECHO: join(writeProgram(bench.folder, 'echo'), 'main.js'),
    BENCH_FILE: join(bench.folder, 'echo-saves'),
    BENCH_PLAN: JSON.stringify({ rounds: bench.options.rounds, samples: 60, words }),
  });
  try {
    const said = await program.line('RESULT');
    const measured = Measurements.safeParse(JSON.parse(said));
    if (!measured.success) throw new Error(`The calls could not be measured: ${said.slice(0, 500)}`);
    const { nothing, page, search, act } = measured.data;
    const common = { section: 'port', unit: 'ms' } as const;
    const echo = 'echo of the same size';
    return [
      { ...common, ...nothing, goal: '–', what: 'Call of nothing, port', against: 'echo of nothing', ratioOf: 0.5, ratio: null },
      {
        ...common,
        ...page,
        goal: 'P4',
        what: 'Page of 50 rows, port',
        against: echo,
        ratioOf: 0.5,
        ratio: { atMost: 2.5 },
        guard: { of: 0.99, atMost: 5 },
      },
      { ...common, ...search, goal: 'P8', what: 'Search, port', against: echo, ratioOf: 0.5, ratio: null, guard: { of: 0.95, atMost: 20 } },
      {
        ...common,
        ...act,
        goal: 'P9',
        what: 'Act, port',
        against: 'echo after one write with fdatasync',
        ratioOf: 0.99,
        ratio: { atMost: 3 },
      },
    ];
  } finally {
    await program.end();
  }
};
