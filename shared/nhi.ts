import { err, ok, type Result } from './result.ts';

declare const nhiBrand: unique symbol;

/** A valid National Health Index number in its stored form: upper case, no spaces, check character right. Source: HISO 10046. */
export type Nhi = string & { readonly [nhiBrand]: true };

type NhiProblem = 'malformed' | 'check-digit';

const OLD_FORMAT = /^[A-HJ-NP-Z]{3}\d{4}$/;
const NEW_FORMAT = /^[A-HJ-NP-Z]{3}\d{2}[A-HJ-NP-Z]{2}$/;
const OLD_PREFIX = /^[A-HJ-NP-Z]{3}\d{3}$/;
const NEW_PREFIX = /^[A-HJ-NP-Z]{3}\d{2}[A-HJ-NP-Z]$/;

/** The 24 letters of NHI and HPI identifiers: no I and no O, which read as 1 and 0. A counts 1, Z counts 24. */
export const IDENTIFIER_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The value of each character (a digit is itself, a letter its place in the 24) times 7, 6, 5 … from the left; `firstWeight` is the first weight. */
export function weightedSum(characters: string, firstWeight: number): number {
  let sum = 0;
  for (const [place, character] of [...characters].entries()) {
    const value = character >= '0' && character <= '9' ? Number(character) : IDENTIFIER_LETTERS.indexOf(character) + 1;
    sum += value * (firstWeight - place);
  }
  return sum;
}

/** The check character that belongs to the first six characters; undefined when they are malformed or no valid number starts with them. */
function checkCharacter(prefix: string): string | undefined {
  if (OLD_PREFIX.test(prefix)) {
    const remainder = weightedSum(prefix, 7) % 11;
    return remainder === 0 ? undefined : String((11 - remainder) % 10);
  }
  // Mod 23 since the 2023 revision. Before it the new format used mod 24, and old packages still do.
  return NEW_PREFIX.test(prefix) ? IDENTIFIER_LETTERS[22 - (weightedSum(prefix, 7) % 23)] : undefined;
}

/** Completes six characters (three letters and three digits, or three letters, two digits and a letter) to a valid NHI; undefined where there is none. */
export function nhiWithCheck(prefix: string): Nhi | undefined {
  const check = checkCharacter(prefix);
  const whole = `${prefix}${check ?? ''}`;
  return isValidNhi(whole) ? whole : undefined;
}

/** Whether the text is a valid NHI in its stored form. What a person typed goes through `parseNhi`. */
export function isValidNhi(text: string): text is Nhi {
  if (!OLD_FORMAT.test(text) && !NEW_FORMAT.test(text)) return false;
  return checkCharacter(text.slice(0, 6)) === text[6];
}

/** Reads what a person typed: any case, spaces anywhere. Block on an error; for a number that the server sent, only warn (many published test patients fail). */
export function parseNhi(text: string): Result<Nhi, NhiProblem> {
  const stored = text.replace(/\s/gu, '').toUpperCase();
  if (isValidNhi(stored)) return ok(stored);
  return err(OLD_FORMAT.test(stored) || NEW_FORMAT.test(stored) ? 'check-digit' : 'malformed');
}

/** The old format ends in four digits (AAANNNC), the new one in two digits and two letters (AAANNAX, issued from July 2026). */
export function nhiFormat(nhi: Nhi): 'old' | 'new' {
  return OLD_FORMAT.test(nhi) ? 'old' : 'new';
}

/** The prefix Z is kept for tests: such a number never belongs to a person. */
export function isTestNhi(nhi: Nhi): boolean {
  return nhi.startsWith('Z');
}
