/** A medicine's name taken apart for the order of a medicine line: generic, brand, strength, form (UI, Dates, numbers, medicines, results). */
export interface MedicineName {
  /** Lower case. */
  readonly genericName: string;
  /** Capitals. */
  readonly brandName: string | null;
  readonly strength: string | null;
  readonly form: string | null;
}

const unit = '(?:mg|g|kg|mcg|µg|micrograms?|nanograms?|mL|L|units?|IU|mmol|%)';
const amount = `\\d[\\d,.]*\\s?${unit}`;
/** `50 mg`, `100 units/mL 3 mL`, `1.5 mg/0.5 mL`, `200 microgram with formoterol 6 microgram`, `1%`. */
const strengthPattern = new RegExp(
  `(?:^|\\s)(${amount}(?:\\s?/\\s?(?:${amount}|${unit}|dose|actuation|hour))?(?:\\s+${amount})?)(?=\\s|$|,)`,
  'iu',
);
const bracketed = /\s*[([]([\p{L}][\p{L}\d' -]*)[)\]]\s*$/u;

function inUnits(strength: string): string {
  return strength
    .replace(/(\d)(?=(?:mg|g|kg|mcg|µg|micro|nano|mL|L|unit|IU|mmol))/giu, '$1 ')
    .replace(/\b(?:mcg|µg|micrograms?)(?![\p{L}])/giu, 'micrograms')
    .replace(/\bIU\b/gu, 'units')
    .replace(/\bml\b/giu, 'mL')
    .replace(/\b(?:MG|KG|G)\b/gu, (capitals) => capitals.toLowerCase());
}

/** Generic names of brands that must not be mixed up (NZ-FACTS 3.4): a brand alone would hide which medicine it is. */
const genericByBrand: Readonly<Record<string, string>> = { marevan: 'warfarin', coumadin: 'warfarin' };

function combination(name: string): MedicineName | undefined {
  const parts = name.split(/\s+(?:with|\+|and)\s+/u).map((part) => ({ part, strength: strengthPattern.exec(part) }));
  if (parts.length < 2 || parts.some(({ strength }) => !strength)) return undefined;
  const last = parts.at(-1);
  const names = parts.map(({ part, strength }) => part.slice(0, strength?.index).trim().toLowerCase());
  const form = last?.part.slice((last.strength?.index ?? 0) + (last.strength?.[0].length ?? 0)).trim();
  return {
    genericName: names.join(' with '),
    brandName: null,
    strength: parts.map(({ strength }) => inUnits(strength?.[1]?.trim() ?? '')).join(' with '),
    form: form || null,
  };
}

/**
 * Takes a medicine's display text apart: `warfarin 1 mg tablet (Marevan)`, `Marevan 1 mg tablet`, `losartan potassium 50 mg tablet`.
 * Without a strength the whole text is the name: nothing is guessed.
 */
export function toMedicineName(display: string): MedicineName {
  const text = display.trim().replace(/\s+/gu, ' ');
  const brand = bracketed.exec(text);
  const rest = brand ? text.slice(0, brand.index).trim() : text;
  const brandName = brand?.[1]?.toUpperCase() ?? null;
  const combined = combination(rest);
  if (combined) return { ...combined, brandName };
  const strength = strengthPattern.exec(rest);
  const name = (strength ? rest.slice(0, strength.index) : rest).trim() || rest;
  const form = strength ? rest.slice(strength.index + strength[0].length).replace(/^[\s,]+/u, '') : '';
  const generic = genericByBrand[name.toLowerCase()];
  return {
    genericName: generic ?? name.toLowerCase(),
    brandName: generic === undefined ? brandName : name.toUpperCase(),
    strength: strength?.[1] ? inUnits(strength[1].trim()) : null,
    form: form || null,
  };
}

/** "Same medicine" key: the generic name without salt words, strength and form, so that a change of dose or brand is still the same medicine. */
export function medicineKeyOf(name: MedicineName): string {
  return name.genericName
    .normalize('NFC')
    .replace(/\s+(?:hydrochloride|phosphate|sulfate|succinate|potassium|sodium|maleate|besilate)(?=\s|$)/gu, '')
    .trim();
}
