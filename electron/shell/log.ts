import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (level: 'info' | 'warn' | 'error', code: string, fields?: LogFields) => void;

const maximumBytes = 1_000_000;

/**
 * One line of JSON each: time, level, a code, and fields that are codes, counts and random ids. Never text of a patient, a name, a URL's query
 * or a token (SAFETY I17). One older file is kept.
 */
export function openLog(folder: string): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'portal-desk.log');
  return (level, code, fields = {}) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maximumBytes) renameSync(file, `${file}.old`);
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), level, code, ...fields })}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not stop the work that the line was about.
    }
  };
}
