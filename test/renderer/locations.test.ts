import fc from 'fast-check';
import { expect, test } from 'vitest';

import { currentItemId, home, type Location, parseLocation, toHash, withItem } from '../../renderer/data/locations.ts';
import { ItemKey, OpId } from '../../shared/ids.schema.ts';

const itemKey = fc
  .oneof(
    fc.stringMatching(/^[a-z][a-z-]{0,20}\|[A-Z][A-Za-z]{1,20}\/[A-Za-z0-9\-.]{1,64}$/),
    fc.uuid().map((opId) => `op:${opId}`),
  )
  .map((text) => ItemKey.parse(text));
const maybeItem = fc.option(itemKey, { nil: null });
const location: fc.Arbitrary<Location> = fc.oneof(
  fc.record({
    at: fc.constant('inbox' as const),
    view: fc.constantFrom('mine', 'team', 'urgent', 'all', 'messages', 'repeats', 'results', 'done'),
    itemKey: maybeItem,
  }),
  fc.record({
    at: fc.constant('search' as const),
    text: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).filter((text) => text.length <= 200),
    itemKey: maybeItem,
  }),
  fc.record({
    at: fc.constant('outbox' as const),
    which: fc.constantFrom('waiting', 'needs-you', 'sent'),
    opId: fc.option(
      fc.uuid({ version: 4 }).map((text) => OpId.parse(text)),
      { nil: null },
    ),
  }),
);

test('each location comes back from its hash', () => {
  fc.assert(
    fc.property(location, (place) => {
      expect(parseLocation(toHash(place))).toEqual(place);
    }),
    { numRuns: 1000 },
  );
});

test('whatever is no location is the home view', () => {
  for (const hash of [
    '',
    '#',
    '#/',
    '#/inbox',
    '#/inbox/nowhere',
    '#/outbox/x',
    '#/inbox/all/a b',
    '#/search/',
    '#/search/%E0%A4%A',
    '#/../x',
  ]) {
    expect(parseLocation(hash)).toEqual(home);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseLocation(text)).not.toThrow();
    }),
  );
});

test('changing the current item changes nothing else of the place', () => {
  fc.assert(
    fc.property(location, maybeItem, (place, item) => {
      const moved = withItem(place, item);
      expect(moved.at).toBe(place.at);
      if (place.at !== 'outbox') expect(currentItemId(moved)).toBe(item);
    }),
  );
});
