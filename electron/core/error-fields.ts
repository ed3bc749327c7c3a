/** What the log may hold of a bug: its code and place. Its message may hold a patient's words (SAFETY I17). */
export function errorFields(error: unknown): { readonly error: string; readonly errorCode: string; readonly place: string } {
  return { error: error instanceof Error ? error.name : typeof error, errorCode: codeOf(error), place: placeOf(error) };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function placeOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return frames
    .slice(0, 4)
    .map((frame) => frame.trim().replace(/\(?(?:file:\/\/)?\/[^ ]*\//, '('))
    .join(' | ');
}
