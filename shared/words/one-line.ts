/** The beginning of a text on one line, cut between characters that belong together. */
export function oneLine(text: string, longest = 80): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...new Intl.Segmenter('en-NZ', { granularity: 'grapheme' }).segment(line.slice(0, longest * 8))];
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .map(({ segment }) => segment)
        .join('')
        .trimEnd()}…`;
}
