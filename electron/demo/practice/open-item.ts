import { freshArrival, type Kind, openArrival } from './arrival.ts';
import { namesakes, type Person } from './people.ts';
import { gpOf, healthIn, type PracticeContext, patientReference, personAt, proxyReference } from './practice-context.ts';
import { MINUTE } from './practice-time.ts';
import { hasTrait, type Random, randomFor } from './random.ts';
import { GPS, NURSES, RECEPTIONISTS, type StaffMember } from './staff.ts';

export type Priority = 'routine' | 'urgent' | 'stat';
export type PoolRole = 'gp' | 'nurse' | 'reception';

/** What is decided about an open item before its resources are made. */
export interface OpenItem {
  readonly kind: Kind;
  /** Position among the items of its kind. */
  readonly place: number;
  readonly person: Person;
  /** Reference of who sent it: the patient, or who acts for the patient. */
  readonly sender: string;
  readonly at: number;
  readonly due: number;
  readonly priority: Priority;
  readonly claimed: boolean;
  readonly random: Random;
}

/** Who an item may be about, as indices into the people. */
export interface Pools {
  readonly general: readonly number[];
  readonly restricted: readonly number[];
  readonly proxied: readonly number[];
  /** Each of the three again, only people with long-term medicines. */
  readonly treated: { readonly general: readonly number[]; readonly restricted: readonly number[]; readonly proxied: readonly number[] };
  readonly onMarevan: readonly number[];
  readonly namesakes: readonly number[];
}

export function poolsOf(context: PracticeContext): Pools {
  const living = context.people.filter((person) => person.deceasedAt === undefined);
  const indices = (people: readonly Person[]) => people.map((person) => person.index);
  const treated = (people: readonly Person[]) => indices(people.filter((person) => healthIn(context, person).medicines.length > 0));
  const proxied = living.filter((person) => person.proxy?.active && !person.restricted);
  const restricted = living.filter((person) => person.restricted);
  const general = living.filter((person) => !person.restricted && person.ageYears >= 16);
  const pairs = namesakes(context.people).filter((pair) => pair.every((index) => general.some((person) => person.index === index)));
  return {
    general: indices(general),
    restricted: indices(restricted),
    proxied: indices(proxied),
    treated: { general: treated(general), restricted: treated(restricted), proxied: treated(proxied) },
    onMarevan: indices(general.filter((person) => healthIn(context, person).medicines.some(({ key }) => key === 'marevan'))),
    namesakes: pairs.slice(0, 2).flat(),
  };
}

/** Half messages, a quarter repeats, a quarter results. */
export function kindAt(index: number): { readonly kind: Kind; readonly place: number } {
  const kind = index % 2 === 1 ? 'message' : index % 4 === 0 ? 'repeat' : 'result';
  return { kind, place: Math.floor(index / (kind === 'message' ? 2 : 4)) };
}

/** Place among repeats of the request for the other warfarin brand. */
const BRAND_SWITCH_PLACE = 3;
/** Places among messages of the namesakes, one below the other. */
const NAMESAKE_PLACES = [10, 11, 30, 31];

export const asksForOtherBrand = (item: Pick<OpenItem, 'kind' | 'place'>): boolean =>
  item.kind === 'repeat' && item.place === BRAND_SWITCH_PLACE;

/** Every 25th repeat asks again for what the one before it asked for. */
export const isDuplicate = (item: Pick<OpenItem, 'kind' | 'place'>): boolean => item.kind === 'repeat' && item.place % 25 === 24;

function choosePerson(context: PracticeContext, pools: Pools, index: number): { readonly person: Person; readonly byProxy: boolean } {
  const { kind, place } = kindAt(index);
  const random = randomFor(context.seed, 'who', isDuplicate({ kind, place }) ? index - 4 : index);
  const from = kind === 'repeat' ? pools.treated : pools;
  const oneOf = (indices: readonly number[]) => indices[random.between(0, indices.length - 1)];
  const plain = oneOf(from.general) ?? oneOf(pools.general) ?? random.between(0, context.people.length - 1);
  const chosen = isDuplicate({ kind, place }) ? index - 4 : index;
  const special =
    kind === 'message'
      ? pools.namesakes[NAMESAKE_PLACES.indexOf(place)]
      : asksForOtherBrand({ kind, place })
        ? oneOf(pools.onMarevan)
        : undefined;
  if (special !== undefined) return { person: personAt(context, special), byProxy: false };
  const proxied = kind !== 'result' && hasTrait(chosen, 37, 11) ? oneOf(from.proxied) : undefined;
  if (proxied !== undefined) return { person: personAt(context, proxied), byProxy: true };
  const restricted = hasTrait(chosen, 53, 3) ? oneOf(from.restricted) : undefined;
  return { person: personAt(context, restricted ?? plain), byProxy: false };
}

/** The plan of open item `index`: the same for the same seed, and independent of every other item. */
export function openItemAt(context: PracticeContext, pools: Pools, index: number): OpenItem {
  const { kind, place } = kindAt(index);
  const random = randomFor(context.seed, 'item', index);
  const { person, byProxy } = choosePerson(context, pools, index);
  const urgent = hasTrait(index, 29, 6);
  const overdue = hasTrait(index, 61, 10);
  const arrival = index < 4 ? freshArrival(kind, context.now, random, urgent) : openArrival(kind, context.now, random, { urgent, overdue });
  return {
    kind,
    place,
    person,
    sender: byProxy ? proxyReference(person) : patientReference(person),
    ...arrival,
    priority: urgent ? (index % 3 === 0 ? 'stat' : 'urgent') : 'routine',
    claimed: hasTrait(index, 83, 25),
    random,
  };
}

/** Who has claimed it: somebody of the pool it lies in; a repeat or a result is the patient's own GP's. */
export function claimant(context: PracticeContext, item: OpenItem, pool: PoolRole): StaffMember {
  const own = gpOf(context, item.person);
  if (item.kind === 'result') return own;
  if (pool === 'gp') return item.random.chance(0.7) ? own : item.random.pick(GPS);
  return item.random.pick(pool === 'nurse' ? NURSES : RECEPTIONISTS);
}

/** When it was claimed: after it came in, before now. */
export function claimedAt(context: PracticeContext, item: OpenItem): number {
  return Math.min(context.now - MINUTE, item.at + Math.floor((context.now - item.at) * item.random.next()));
}
