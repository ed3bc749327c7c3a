/**
 * Phrases in a patient's own words that must not wait in a queue (PRODUCT 7). A match raises an item, never lowers one, and the matched
 * words are always shown. The list is deliberately wide: a false alarm costs a glance, a miss may cost a life.
 * Source: symptoms that Health NZ and Healthline ask people to call 111 or seek care at once for. Each practice's clinicians should review it.
 */
const phrases: readonly { readonly phrase: string; readonly pattern: RegExp }[] = [
  {
    phrase: 'Chest pain',
    pattern:
      /\b(chest (?:is |feels |feeling )?(?:pains?|tight(?:ness)?|pressure|heavy|hurts|hurting|sore)|pains? in (?:my|his|her|the|their) chest|tight(?:ness)? in (?:my|his|her|the) chest|heart attack)\b/iu,
  },
  {
    phrase: 'Breathing',
    pattern:
      /\b(can(?:'|’)?t breathe?|cannot breathe?|hard(?:er)? to breathe?|(?:short(?:ness)?|out) of breath|trouble breathing|difficulty breathing|struggling (?:to breathe?|for breath)|lips (?:are |have gone |going )?blue)\b/iu,
  },
  {
    phrase: 'Stroke',
    pattern:
      /\b(stroke|face (?:is |has )?(?:droop(?:ing|ed|s)?|dropped)|slurr(?:ed|ing) (?:my |his |her )?(?:speech|words)|(?:speech|words) (?:was|were|is|are|went) (?:all )?slurred|(?:vision|sight) in (?:one|my (?:left|right)) eye (?:went|has gone|is gone)|curtain coming down|lost (?:the )?(?:vision|sight)|(?:sudden(?:ly)? )?(?:numb|weak(?:ness)?) (?:down |on )?one side|can(?:'|’)?t (?:move|feel|lift) (?:my|his|her) (?:arm|leg|face))\b/iu,
  },
  {
    phrase: 'Bleeding',
    pattern:
      /\b(bleed(?:ing)? (?:heavily|a lot|won(?:'|’)?t stop)|won(?:'|’)?t stop bleeding|heavy bleeding|vomit(?:ing|ed)? blood|cough(?:ing|ed)? (?:up )?blood|blood in (?:my|his|her) (?:vomit|poo|stools?)|black (?:tarry )?(?:poo|stools?)|blood in the toilet|bleeding (?:and|while) pregnant|pregnant and bleeding)\b/iu,
  },
  {
    phrase: 'Self-harm',
    pattern:
      /\b(suicid(?:e|al)|kill (?:myself|himself|herself|themself)|end (?:my|it) (?:life|all)|(?:don(?:'|’)?t|do not) want to (?:be here|live|wake up)|self[- ]harm(?:ing|ed)?|hurt(?:ing)? myself|cut(?:ting)? myself|better off dead|overdos(?:e|ed))\b/iu,
  },
  { phrase: 'Collapse', pattern: /\b(passed out|black(?:ed)? out|collapsed?|unconscious|fainted|had a (?:seizure|fit)|convulsions?)\b/iu },
  {
    phrase: 'Severe allergic reaction',
    pattern: /\b(anaphyla(?:xis|ctic)|(?:throat|tongue|face|lips) (?:is |are )?(?:swelling|swollen|closing))\b/iu,
  },
  {
    phrase: 'Severe headache',
    pattern: /\b(worst headache|thunderclap|sudden severe headache|stiff neck (?:and|with) (?:a )?(?:fever|rash|headache))\b/iu,
  },
  {
    phrase: 'Sick baby',
    pattern:
      /\b(bab(?:y|ies)|newborn|pēpi|pepi)\b[^.!?\n]{0,60}\b(floppy|won(?:'|’)?t wake|not (?:feeding|waking)|blue|limp|high fever)\b/iu,
  },
  {
    phrase: 'Pregnancy',
    pattern:
      /\b(\d{1,2} weeks\b[^.!?\n]{0,40}\b(?:bleed(?:ing)?|spotting|cramps)|(?:pregnan(?:t|cy)|hapū)\b[^.!?\n]{0,40}\b(?:bleed(?:ing)?|cramps)|baby (?:has not|hasn(?:'|’)?t|is not|isn(?:'|’)?t|not) mov(?:ed|ing))/iu,
  },
  {
    phrase: 'Meningitis',
    pattern:
      /\b(rash (?:that )?(?:does not|doesn(?:'|’)?t|won(?:'|’)?t) fade|(?:purple|red) spots that do not go away|spots\b[^.!?\n]{0,40}\bglass)/iu,
  },
  {
    phrase: 'Sick child',
    pattern: /\b((?:is|are|very|so|gone) floppy|hard to wake|won(?:'|’)?t wake|skin sucks in|breathing (?:really |very |so )?fast)\b/iu,
  },
  { phrase: 'Poisoning', pattern: /\bswallowed\b[^.!?\n]{0,40}\b(?:tablets?|pills?|medicines?|battery|batteries|bleach|cleaner)\b/iu },
  {
    phrase: 'Clot',
    pattern: /\bcalf\b[^.!?\n]{0,30}\b(?:swollen|swelling|hot and sore)\b|\bswollen (?:calf|leg)\b[^.!?\n]{0,40}\bflight\b/iu,
  },
  { phrase: 'Spinal cord', pattern: /\bnumb between (?:the|my) legs\b|\bcan(?:not|(?:'|’)?t) (?:pass water|pee|wee|feel when I wipe)\b/iu },
  {
    phrase: 'Diabetic emergency',
    pattern:
      /\b(?:ketones? (?:strip )?(?:is|are|was) (?:dark|high|positive)|ketone strip|sugars? (?:is|are|of|was) (?:2[0-9]|3[0-9]|hi\b))/iu,
  },
  {
    phrase: 'Not safe',
    pattern: /\b(not safe at home|he hits me|she hits me|hit me again|afraid of my (?:partner|husband|wife)|being abused)\b/iu,
  },
  {
    phrase: 'Mamae o te uma (chest pain)',
    pattern: /\b(mamae\s+(?:(?:ana|tōku|toku|taku|o te|i te|kei te)\s+){0,2}(?:uma|manawa)|uma mamae)\b/iu,
  },
  { phrase: 'Hēmanawa (breathing)', pattern: /\b(h[ēe]manawa|kore e taea te hā|uaua te (?:hā|whakahā))\b/iu },
  { phrase: 'Whakamomori (self-harm)', pattern: /\b(whakamomori)\b/iu },
];

export interface RedFlagMatch {
  readonly phrase: string;
  /** The words as the patient wrote them. */
  readonly matched: string;
}

/** Every red-flag phrase in a patient's text, each once, with the words that matched. */
export function findRedFlags(text: string): readonly RedFlagMatch[] {
  const plain = text
    .normalize('NFC')
    .replace(/[\u200B-\u200F\u2060\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ');
  return phrases.flatMap(({ phrase, pattern }) => {
    const matched = pattern.exec(plain)?.[0];
    return matched === undefined ? [] : [{ phrase, matched }];
  });
}
