import { ADMIN_TEXTS, FOLLOW_UPS, STAFF_REPLIES } from './message-texts-admin.ts';
import { CHILD_TEXTS, CLINICAL_TEXTS, HOSTILE_TEXT, LONG_TEXT, RED_FLAG_TEXTS } from './message-texts-clinical.ts';
import type { PoolRole } from './open-item.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

export interface Letter {
  readonly topic: string;
  readonly text: string;
  readonly pool: PoolRole;
}

export interface Correspondents {
  readonly patient: Person;
  /** First name of who writes: the patient, or who acts for them. */
  readonly writer: string;
  readonly byParent: boolean;
  readonly doctor: string;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
const MONTHS = ['February', 'March', 'May', 'July', 'August', 'October', 'November'] as const;
const GREETINGS = [
  'Kia ora, ',
  'Kia ora koutou. ',
  'Hi, ',
  'Hi there. ',
  'Hello, ',
  'Tēnā koutou. ',
  'Mōrena. ',
  'Good morning, ',
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

export function fill(text: string, who: Correspondents, random: Random): string {
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

/** A template as this person would write it: greeting, sign-off and an emoji, or none of them. */
function inOwnWords(template: string, pool: PoolRole, who: Correspondents, random: Random): Letter {
  const [topic = '', body = ''] = template.split(' | ');
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
    return { topic, text, pool: 'reception' };
  }
  if (place === LONG_PLACE) return inOwnWords(LONG_TEXT, 'gp', who, random);
  if (who.byParent) return inOwnWords(random.pick(CHILD_TEXTS), random.chance(0.7) ? 'nurse' : 'gp', who, random);
  if (urgent || random.chance(0.03)) return inOwnWords(random.pick(RED_FLAG_TEXTS), 'gp', who, random);
  return anyLetter(who, random);
}

/** An ordinary message, to the desk or to the clinicians. */
export function anyLetter(who: Correspondents, random: Random): Letter {
  if (random.chance(0.46)) return inOwnWords(random.pick(ADMIN_TEXTS), 'reception', who, random);
  const draw = random.next();
  return inOwnWords(random.pick(CLINICAL_TEXTS), draw < 0.45 ? 'nurse' : draw < 0.85 ? 'gp' : 'reception', who, random);
}

export const staffReply = (who: Correspondents, random: Random): string => fill(random.pick(STAFF_REPLIES), who, random);
export const followUp = (who: Correspondents, random: Random): string => fill(random.pick(FOLLOW_UPS), who, random);
