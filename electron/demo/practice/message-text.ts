import { ADDITIONS, CLINICAL_EXCHANGES, DESK_EXCHANGES } from './message-exchanges.ts';
import { ADMIN_TEXTS } from './message-texts-admin.ts';
import {
  ATTORNEY_TEXTS,
  CHILD_RED_FLAG_TEXTS,
  CHILD_TEXTS,
  CLINICAL_TEXTS,
  HOSTILE_TEXT,
  LONG_TEXT,
  RED_FLAG_TEXTS,
} from './message-texts-clinical.ts';
import type { PoolRole } from './open-item.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

export interface Letter {
  readonly topic: string;
  readonly text: string;
  readonly pool: PoolRole;
  /** Nobody has answered it or added to it yet: red-flag words, or too odd for a stock answer. */
  readonly alone?: boolean;
}

export interface Correspondents {
  readonly patient: Person;
  /** First name of who writes: the patient, or who acts for them. */
  readonly writer: string;
  readonly writes: 'self' | 'parent' | 'attorney';
  readonly doctor: string;
}

interface Template {
  readonly topic: string;
  readonly body: string;
  readonly suits: (person: Person) => boolean;
}

type Templates = readonly [Template, ...Template[]];

function template(line: string): Template {
  const [topic = '', body = '', whom = ''] = line.split(' | ');
  const [, sex, from = 0, to = 200] = /^([fm]?)(\d+)-(\d+)$/u.exec(whom) ?? [];
  const wanted = sex === 'f' ? 'female' : sex === 'm' ? 'male' : undefined;
  const suits = (person: Person) =>
    person.ageYears >= Number(from) && person.ageYears <= Number(to) && (wanted ?? person.sex) === person.sex;
  return { topic, body, suits };
}

const templates = ([first, ...rest]: readonly [string, ...string[]]): Templates => [template(first), ...rest.map(template)];

const ADMIN = templates(ADMIN_TEXTS);
const CLINICAL = templates(CLINICAL_TEXTS);
const RED_FLAG = templates(RED_FLAG_TEXTS);
const CHILD = templates(CHILD_TEXTS);
const CHILD_RED_FLAG = templates(CHILD_RED_FLAG_TEXTS);
const ATTORNEY = templates(ATTORNEY_TEXTS);

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
const MONTHS = ['February', 'March', 'May', 'July', 'August', 'October', 'November'] as const;
const GREETINGS = [
  'Kia ora,\n\n',
  'Kia ora koutou. ',
  'Hi,\n\n',
  'Hi there. ',
  'Hello. ',
  'Tēnā koutou. ',
  'Mōrena. ',
  'Good morning,\n\n',
  '',
  '',
  '',
] as const;
const SIGN_OFFS = [
  '\n\nThanks, ',
  '\n\nNgā mihi, ',
  '\n\nCheers, ',
  '\n\nKind regards, ',
  '\n\nNāku noa, nā ',
  '\n\nMany thanks, ',
] as const;
const EMOJI = [' 🙏', ' 😊', ' 👍', ' 🤒', ' 🌿'] as const;

function fill(text: string, who: Correspondents, random: Random): string {
  const slots: Record<string, string> = {
    gp: who.doctor,
    day: random.pick(DAYS),
    n: String(random.between(2, 9)),
    month: random.pick(MONTHS),
    child: who.patient.given,
    name: who.writer,
  };
  return text.replace(/\{(gp|day|n|month|child|name)\}/gu, (_slot, name: string) => slots[name] ?? '');
}

/** One that this person could have written; the first of the list when none fits. */
function pickFor(choices: Templates, person: Person, random: Random): Template {
  const fitting = choices.filter(({ suits }) => suits(person));
  return fitting[random.between(0, fitting.length - 1)] ?? choices[0];
}

/** A template as this person would write it: greeting, sign-off and an emoji, or none of them. */
function inOwnWords({ topic, body }: Template, pool: PoolRole, who: Correspondents, random: Random): Letter {
  const greeting = /^(Tēnā|Kia ora|Mōrena)/u.test(body) ? '' : random.pick(GREETINGS);
  const signOff = random.chance(0.6) ? `${random.pick(SIGN_OFFS)}${who.writer}` : '';
  const emoji = random.chance(0.05) ? random.pick(EMOJI) : '';
  return { topic: fill(topic, who, random), text: `${greeting}${fill(body, who, random)}${emoji}${signOff}`, pool };
}

/** The places, among open messages, of the long one and the hostile one. */
const LONG_PLACE = 7;
const HOSTILE_PLACE = 13;

/** What open message `place` says. An urgent one has red-flag words; now and then one that is not marked urgent has them too. */
export function letterFor(place: number, urgent: boolean, who: Correspondents, random: Random): Letter {
  if (place === HOSTILE_PLACE) {
    const [topic = '', text = ''] = HOSTILE_TEXT.split(' | ');
    return { topic, text, pool: 'reception', alone: true };
  }
  if (place === LONG_PLACE) return { ...inOwnWords(template(LONG_TEXT), 'gp', who, random), alone: true };
  if (urgent || random.chance(0.03)) {
    const words = who.writes === 'parent' ? CHILD_RED_FLAG : RED_FLAG;
    return { ...inOwnWords(pickFor(words, who.patient, random), 'gp', who, random), alone: true };
  }
  return anyLetter(who, random);
}

/** An ordinary message, to the desk or to the clinicians. */
export function anyLetter(who: Correspondents, random: Random): Letter {
  if (who.writes !== 'self') {
    const words = who.writes === 'parent' ? CHILD : ATTORNEY;
    return inOwnWords(pickFor(words, who.patient, random), random.chance(0.7) ? 'nurse' : 'gp', who, random);
  }
  if (random.chance(0.46)) return inOwnWords(pickFor(ADMIN, who.patient, random), 'reception', who, random);
  const draw = random.next();
  const pool = draw < 0.45 ? 'nurse' : draw < 0.85 ? 'gp' : 'reception';
  return inOwnWords(pickFor(CLINICAL, who.patient, random), pool, who, random);
}

/** What the practice asked back, and what the patient answered to that. */
export function exchangeFor(pool: PoolRole, who: Correspondents, random: Random): { readonly reply: string; readonly answer: string } {
  const [question, answers] = random.pick(pool === 'reception' ? DESK_EXCHANGES : CLINICAL_EXCHANGES);
  return { reply: fill(question, who, random), answer: fill(random.pick(answers), who, random) };
}

export const addition = (who: Correspondents, random: Random): string => fill(random.pick(ADDITIONS), who, random);

/** The last word of a finished thread. */
const CLOSING = {
  reception: [
    'Kia ora {name}, that is done for you. Ngā mihi',
    'Hello {name}, you are booked for {day} at 10:20 am. See you then.',
    'Kia ora {name}, it is at the desk for you from {day}. Ngā mihi',
  ],
  clinical: [
    'Kia ora {name}, thank you for writing. From what you say this should settle by itself within a week or two. If it gets worse, or you are worried, phone us. Ngā mihi',
    'Hello {name}, I have put a form in the portal for you. Please have the test in the next few days and I will write when it is back.',
    'Kia ora {name}, please book a visit for this so that I can have a proper look. The desk is keeping a time free on {day}.',
    'Hello {name}, yes, that is fine to carry on as you are. We will look at it again at your next review.',
  ],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export const closingReply = (pool: PoolRole, who: Correspondents, random: Random): string =>
  fill(random.pick(pool === 'reception' ? CLOSING.reception : CLOSING.clinical), who, random);
