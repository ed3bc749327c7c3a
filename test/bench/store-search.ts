import { z } from 'zod';
import type { ReadDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { searchItems, toSearchQuery } from '../../electron/store/lists/search.ts';
import { profileOf, type Section } from './bench-run.ts';
import { openProfile } from './fill-profile.ts';
import type { Finding } from './finding.ts';
import { interleave } from './interleave.ts';

const limit = 50;

interface Person {
  readonly family: string;
  readonly given: string;
}

function someNames(db: ReadDb): readonly Person[] {
  const rows = db
    .read(
      defineStatement(
        'SELECT family_name AS family, given_names AS given FROM patient JOIN resource_ref USING (number) ORDER BY id LIMIT 200',
      ),
    )
    .all();
  return z.array(z.object({ family: z.string(), given: z.string() })).parse(rows);
}

/** What people type. Common words stand in most threads, a name in few. */
const classes: readonly { readonly name: string; readonly typed: (person: Person) => string }[] = [
  { name: 'name', typed: ({ family }) => family },
  { name: 'two names', typed: ({ given, family }) => `${given.split(' ')[0]} ${family}` },
  { name: '2 letters', typed: ({ family }) => family.slice(0, 2) },
  { name: '3 letters', typed: ({ family }) => family.slice(0, 3) },
  { name: '5 letters', typed: ({ family }) => family.slice(0, 5) },
  { name: 'common word', typed: () => 'please' },
  { name: 'common word and name', typed: ({ family }) => `please ${family}` },
];

/** The search engine alone: row numbers, newest first. */
function bareSearch(db: ReadDb, text: string): unknown {
  return db
    .read(defineStatement('SELECT rowid FROM item_words WHERE item_words MATCH :query ORDER BY rowid DESC LIMIT :limit'))
    .all({ query: toSearchQuery(text) ?? '""', limit });
}

/** Search in the store, by what was typed; newest 50. */
export const searchSection: Section = async (bench) => {
  const [{ store: large }, { store: small }] = [
    await openProfile(await profileOf(bench, 'large')),
    await openProfile(await profileOf(bench, 'small')),
  ];
  // Both stores must know them, or the small one would have nothing to read.
  const people = someNames(small.db);
  const personAt = (sample: number) => people[(sample * 7) % people.length] ?? { family: '', given: '' };
  const search = (db: ReadDb, text: string) => JSON.stringify(searchItems(db, text, limit));
  const common = { section: 'search', goal: 'P8', unit: 'ms' } as const;
  const findings: Finding[] = [];
  for (const { name, typed } of classes) {
    const measured = await interleave(
      { rounds: bench.options.rounds, samples: 60 },
      {
        ours: (sample) => search(large.db, typed(personAt(sample))),
        floor: (sample) => bareSearch(large.db, typed(personAt(sample))),
      },
    );
    const guard = { of: 0.95, atMost: 20 } as const;
    findings.push({ ...common, ...measured, what: `Search, ${name}`, against: 'FTS5 alone', ratioOf: 0.5, ratio: null, guard });
  }
  const typedAt = (sample: number) => classes[sample % classes.length]?.typed(personAt(sample)) ?? '';
  const growth = await interleave(
    { rounds: bench.options.rounds, samples: 210 },
    { ours: (sample) => search(large.db, typedAt(sample)), floor: (sample) => search(small.db, typedAt(sample)) },
  );
  large.close();
  small.close();
  return [...findings, { ...common, ...growth, what: 'Search, growth', against: 'the small store', ratioOf: 0.5, ratio: null }];
};
