import { weightedSum } from './nhi.ts';
import { err, ok, type Result } from './result.ts';

/** Health Provider Index: `person` is the CPN (6 characters), `organisation` GXXNNN-C, `facility` FXXNNN-C. */
type HpiKind = 'person' | 'organisation' | 'facility';

type HpiProblem = 'malformed' | 'check-digit';

const STORED_FORM: Record<HpiKind, RegExp> = {
  person: /^\d{2}[A-HJ-NP-Z]{4}$/,
  organisation: /^G[\dA-HJ-NP-Z]{2}\d{3}-[A-HJK]$/,
  facility: /^F[\dA-HJ-NP-Z]{2}\d{3}-[A-HJK]$/,
};

const CHECK_LETTERS = 'ABCDEFGHJK';

/**
 * The number with its check character put right; undefined when malformed or when no valid number starts so.
 * The rules are derived from published examples (they hold for 275 of 278 organisations and facilities and 38 of 40 persons;
 * the rest are placeholders), not read in HISO 10005 or 10006. So block what staff type, and only warn on what a server sends.
 */
export function hpiWithCheck(kind: HpiKind, text: string): string | undefined {
  if (kind === 'person') {
    const base = `${text.slice(0, 1)}${text.slice(-4)}`;
    const whole = `${base.slice(0, 1)}${(11 - (weightedSum(base, 6) % 11)) % 10}${base.slice(1)}`;
    return STORED_FORM.person.test(whole) ? whole : undefined;
  }
  const prefix = text.slice(0, 6);
  const remainder = weightedSum(prefix, 7) % 11;
  const whole = `${prefix}-${CHECK_LETTERS[remainder - 1] ?? ''}`;
  return STORED_FORM[kind].test(whole) ? whole : undefined;
}

/** Whether the text is a valid HPI number of that kind in its stored form (upper case, hyphen before the check letter). */
export function isValidHpi(kind: HpiKind, text: string): boolean {
  return STORED_FORM[kind].test(text) && hpiWithCheck(kind, text) === text;
}

/** Reads what a person typed: any case, spaces anywhere, the hyphen before the check letter may be missing. */
export function parseHpi(kind: HpiKind, text: string): Result<string, HpiProblem> {
  const compact = text.replace(/[\s-]/gu, '').toUpperCase();
  const stored = kind === 'person' ? compact : `${compact.slice(0, 6)}-${compact.slice(6)}`;
  if (!STORED_FORM[kind].test(stored)) return err('malformed');
  return isValidHpi(kind, stored) ? ok(stored) : err('check-digit');
}
