import { IDENTIFIER_LETTERS, type Nhi, nhiWithCheck } from '../../../shared/nhi.ts';
import { type NameStock, namesIn, PAKEHA, STOCKS } from './names.ts';
import { DAY } from './practice-time.ts';
import { type Random, randomFor } from './random.ts';

const YEAR = 365.25 * DAY;

type Sex = 'female' | 'male';

/** An enrolled person in the compact form that everything about them is derived from. */
export interface Person {
  readonly index: number;
  readonly nhi: Nhi;
  readonly stock: NameStock;
  readonly sex: Sex;
  readonly given: string;
  readonly middle?: string;
  readonly family: string;
  /** Milliseconds since 1970, UTC midnight of the birthday. */
  readonly bornAt: number;
  readonly ageYears: number;
  readonly household: number;
  readonly deceasedAt?: number;
  readonly restricted: boolean;
  readonly interpreter: boolean;
  /** Who acts for this person in the portal. */
  readonly proxy?: { readonly person: number; readonly kind: 'parent' | 'attorney'; readonly active: boolean };
}

const STOCK_NAMES = new Map(
  STOCKS.map((stock) => [
    stock,
    {
      female: { young: namesIn(stock.female), old: namesIn(stock.olderFemale ?? stock.female) },
      male: { young: namesIn(stock.male), old: namesIn(stock.olderMale ?? stock.male) },
      family: namesIn(stock.family),
    },
  ]),
);

/** Index → a number nobody else has, the same for the same seed: an affine permutation of all test numbers, so no list of used ones is kept. Up to 576,000 people. */
export function nhiOf(seed: number, index: number): Nhi {
  const letter = (n: number) => IDENTIFIER_LETTERS[n % 24] ?? 'A';
  const scramble = (size: number) => (index * 361_217 + (seed % 7919) * 104_729) % size;
  const old = scramble(24 * 24 * 1000);
  const oldPrefix = `Z${letter(Math.floor(old / 24_000))}${letter(Math.floor(old / 1000))}${String(old % 1000).padStart(3, '0')}`;
  // One in eight by choice and one in eleven of the rest because the old format has no number there: about a fifth in the new format.
  const oldNhi = index % 8 === 7 ? undefined : nhiWithCheck(oldPrefix);
  if (oldNhi) return oldNhi;
  const fresh = scramble(24 * 24 * 100 * 24);
  const digits = String(Math.floor(fresh / 24) % 100).padStart(2, '0');
  const nhi = nhiWithCheck(`Z${letter(Math.floor(fresh / 57_600))}${letter(Math.floor(fresh / 2400))}${digits}${letter(fresh)}`);
  if (!nhi) throw new Error(`No NHI for person ${index}`);
  return nhi;
}

function pickStock(random: Random): NameStock {
  const draw = random.next() * 100;
  let upTo = 0;
  for (const stock of STOCKS) {
    upTo += stock.share;
    if (draw < upTo) return stock;
  }
  return PAKEHA;
}

interface Household {
  readonly kind: 'family' | 'one-parent' | 'single' | 'couple' | 'older';
  readonly number: number;
  readonly stock: NameStock;
  readonly family: string;
  readonly random: Random;
}

function householdOf(seed: number, number: number): Household {
  const random = randomFor(seed, 'household', number);
  const stock = pickStock(random);
  const draw = random.next();
  const kind = draw < 0.26 ? 'family' : draw < 0.33 ? 'one-parent' : draw < 0.56 ? 'single' : draw < 0.76 ? 'couple' : 'older';
  const family = random.pick(STOCK_NAMES.get(stock)?.family ?? ['Smith']);
  return { kind, number, stock, family, random };
}

type Member = { readonly sex: Sex; readonly age: number; readonly child: boolean };

function membersOf({ kind, random }: Household): Member[] {
  const first: Sex = random.chance(0.5) ? 'female' : 'male';
  const other: Sex = random.chance(0.96) === (first === 'female') ? 'male' : 'female';
  const adult = (sex: Sex, low: number, high: number): Member => ({ sex, age: random.between(low, high), child: false });
  const children = (count: number): Member[] =>
    Array.from({ length: count }, () => ({ sex: random.chance(0.5) ? 'female' : 'male', age: random.between(0, 17), child: true }));
  switch (kind) {
    case 'family':
      return [adult(first, 27, 50), adult(other, 27, 52), ...children(random.between(1, 3))];
    case 'one-parent':
      return [adult(first, 24, 48), ...children(random.between(1, 2))];
    case 'single':
      return [adult(first, 18, 48)];
    case 'couple':
      return [adult(first, 22, 66), adult(other, 22, 66)];
    case 'older':
      return random.chance(0.5) ? [adult(first, 65, 96)] : [adult(first, 65, 90), adult(other, 64, 88)];
  }
}

function personOf(seed: number, now: number, index: number, home: Household, member: Member): Person {
  const random = randomFor(seed, 'person', index);
  const names = STOCK_NAMES.get(home.stock)?.[member.sex];
  const pool = member.age >= 55 ? names?.old : names?.young;
  const given = random.pick(pool ?? ['Sam']);
  const middle = random.pick(names?.young ?? ['Lee']);
  // Not born today or in the last day, and days only: a birthday has no clock.
  const bornAt = Math.floor((now - (member.age + 0.01 + random.next() * 0.98) * YEAR) / DAY) * DAY;
  const deceased = member.age > 70 && random.chance(0.03);
  return {
    index,
    nhi: nhiOf(seed, index),
    stock: home.stock,
    sex: member.sex,
    given,
    ...(random.chance(0.35) && middle !== given && { middle }),
    family: home.family,
    bornAt,
    ageYears: member.age,
    household: home.number,
    ...(deceased && { deceasedAt: now - random.between(20, 700) * DAY }),
    restricted: !member.child && random.chance(0.03),
    interpreter: home.stock.language !== undefined && member.age > 40 && random.chance(0.3),
  };
}

/** Children have a parent who acts for them; at 16 that ends, and an ended one stays on record. */
function withParent(child: Person, parent: number, random: Random): Person {
  if (child.ageYears >= 18 || !random.chance(child.ageYears < 16 ? 0.85 : 0.3)) return child;
  return { ...child, proxy: { person: parent, kind: 'parent', active: child.ageYears < 16 } };
}

/** Every enrolled person, household by household. About 200 bytes each, kept in memory; everything else is made when it is asked for. */
export function makePeople(seed: number, now: number, enrolled: number): Person[] {
  const people: Person[] = [];
  let lastSingle: Person | undefined;
  for (let number = 0; people.length < enrolled; number += 1) {
    const home = householdOf(seed, number);
    const head = people.length;
    for (const member of membersOf(home)) {
      if (people.length === enrolled) break;
      const person = personOf(seed, now, people.length, home, member);
      people.push(member.child ? withParent(person, head, home.random) : person);
    }
    const single = people[head];
    if (!single) break;
    if (home.kind === 'older' && head > 10 && home.random.chance(0.12) && single.deceasedAt === undefined) {
      people[head] = { ...single, proxy: { person: head - 1, kind: 'attorney', active: true } };
    }
    if (home.kind !== 'single') continue;
    // Same-name pairs: every practice has them, and picking the wrong one is the mistake the screens must prevent.
    if (number % 30 < 6 && lastSingle?.sex === single.sex && lastSingle.given !== single.given) {
      people[head] = { ...single, given: lastSingle.given, family: lastSingle.family, stock: lastSingle.stock, interpreter: false };
    }
    lastSingle = people[head];
  }
  return people;
}

/** Pairs of living people with one name, as indices. */
export function namesakes(people: readonly Person[]): (readonly [number, number])[] {
  const seen = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  for (const { given, family, index, deceasedAt } of people) {
    if (deceasedAt !== undefined) continue;
    const first = seen.get(`${given} ${family}`);
    if (first === undefined) seen.set(`${given} ${family}`, index);
    else pairs.push([first, index]);
  }
  return pairs;
}
