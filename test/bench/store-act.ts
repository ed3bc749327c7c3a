import { makeAct, openBenchDesk, preparedActs } from './bench-desk.ts';
import { copiedProfile, type Section } from './bench-run.ts';
import { openDurableFile } from './durable-write.ts';
import { interleave } from './interleave.ts';

const mostSamples = 60;

/** An act from use case to durable acknowledgement: row, outbox, copies of what was seen, audit, journal. */
export const actSection: Section = async (bench) => {
  const { rounds } = bench.options;
  const { desk, close } = await openBenchDesk(await copiedProfile(bench, 'large'));
  const acts = preparedActs(desk, mostSamples * (rounds + 1));
  const floor = openDurableFile(bench.folder);
  // Each item once: a second act on it would find the first one waiting.
  const samples = Math.floor(acts.length / (rounds + 1));
  const measured = await interleave(
    { rounds, samples },
    {
      ours: (sample) => makeAct(desk, acts[sample]),
      floor: () => {
        floor.write();
        floor.write();
      },
    },
  );
  floor.close();
  close();
  const what = 'Act, store';
  const against = 'two writes with fdatasync: the journal and the database';
  const guard = { of: 0.95, atMost: 50 } as const;
  return [{ section: 'act', goal: 'P9', what, unit: 'ms', ...measured, against, ratioOf: 0.99, ratio: { atMost: 3 }, guard }];
};
