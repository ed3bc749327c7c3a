/** What the log may hold of a bug: its code and place. Its message may hold a patient's words (SAFETY I17). */
export function bugFields(bug: unknown): { readonly error: string; readonly errorCode: string; readonly place: string } {
  return { error: bug instanceof Error ? bug.name : typeof bug, errorCode: codeOf(bug), place: placeOf(bug) };
}

function codeOf(bug: unknown): string {
  return bug instanceof Error && 'code' in bug && typeof bug.code === 'string' ? bug.code : '';
}

function placeOf(bug: unknown): string {
  const frames = bug instanceof Error ? (bug.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return frames
    .slice(0, 4)
    .map((frame) => frame.trim().replace(/\(?(?:file:\/\/)?\/[^ ]*\//, '('))
    .join(' | ');
}
