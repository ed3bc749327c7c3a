import type { ReadDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { inboxCounts, pageOfItems } from '../../electron/store/lists/inbox.ts';
import { outboxCounts } from '../../electron/store/outbox/outbox-entries.ts';
import { profileOf, type Section } from './bench-run.ts';
import { openProfile, theGp } from './fill-profile.ts';
import { interleave } from './interleave.ts';

const whose = { staffId: theGp, pools: ['gp'] } as const;
/** Where somebody who scrolls a little stands; the same places in every run. */
const offsetAt = (sample: number): number => (sample * 37) % 300;

const page = (db: ReadDb, sample: number): string =>
  JSON.stringify(pageOfItems(db, { ...whose, view: 'messages', offset: offsetAt(sample), limit: 50, anchor: null }));

const counts = (db: ReadDb): string => JSON.stringify([inboxCounts(db, whose), outboxCounts(db)]);

/** The same rows in the same order by one statement, unchecked. */
const barePage = (db: ReadDb, sample: number): string =>
  JSON.stringify(
    db
      .read(
        defineStatement(`SELECT id, kind, patient_id, family_name, given_names, nhi, subject, preview, priority, status, owner_id, owner_name, pool, arrived_at, due_at,
           closed_at, unread, flags, pending, version_id FROM work_item WHERE open = 1 AND kind = 'message'
         ORDER BY rank, arrived_at, id LIMIT 50 OFFSET :offset`),
      )
      .all({ offset: offsetAt(sample) }),
  );

const bareCounts = (db: ReadDb): string =>
  JSON.stringify(db.read(defineStatement('SELECT open, kind, pool, owner_id, rank, items, unread FROM work_tally')).all());

/** The list and its badges, in the store's process. */
export const inboxSection: Section = async (bench) => {
  const times = { rounds: bench.options.rounds, samples: 120 };
  const [{ store: large }, { store: small }] = [
    await openProfile(await profileOf(bench, 'large')),
    await openProfile(await profileOf(bench, 'small')),
  ];
  const pages = await interleave(times, { ours: (sample) => page(large.db, sample), floor: (sample) => barePage(large.db, sample) });
  const badges = await interleave(times, { ours: () => counts(large.db), floor: () => bareCounts(large.db) });
  const pageGrowth = await interleave(times, { ours: (sample) => page(large.db, sample), floor: (sample) => page(small.db, sample) });
  const badgeGrowth = await interleave(times, { ours: () => counts(large.db), floor: () => counts(small.db) });
  large.close();
  small.close();
  const common = { section: 'inbox', unit: 'ms', ratioOf: 0.5 } as const;
  const growth = { ...common, against: 'the small store', ratio: { atMost: 1.3 } } as const;
  return [
    {
      ...common,
      ...pages,
      goal: 'P4',
      what: 'Page of 50 rows, store',
      against: 'one bare statement',
      ratio: null,
      guard: { of: 0.99, atMost: 5 },
    },
    { ...growth, ...pageGrowth, goal: 'P5', what: 'Page of 50 rows, growth' },
    {
      ...common,
      ...badges,
      goal: 'P6',
      what: 'Badge counts, store',
      against: 'one bare statement',
      ratio: null,
      guard: { of: 0.95, atMost: 5 },
    },
    { ...growth, ...badgeGrowth, goal: 'P6', what: 'Badge counts, growth' },
  ];
};
