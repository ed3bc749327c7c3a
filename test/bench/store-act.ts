import { makeAct, openBenchDesk, preparedActs } from './bench-desk.ts';
import { copiedProfile, type Section } from './bench-run.ts';
import { openDurableFile } from './durable-write.ts';
import { interleave } from './interleave.ts';

/** An act from use case to durable acknowledgement: row, outbox, copies of what was seen, audit, journal. */
export const actSection: Section = async (bench) => {
  const samples = 60;
  const { desk, close } = await openBenchDesk(await copiedProfile(bench, 'large'));
  const acts = preparedActs(desk, samples * (bench.options.rounds + 1));
  const floor = openDurableFile(bench.folder);
  const rounds = Math.min(bench.options.rounds, Math.floor(acts.length / samples) - 1);
  if (rounds < 1) return [{ section: 'act', skipped: 'too few open items for a round; take a larger --n' }];
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
