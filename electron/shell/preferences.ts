import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Preferences } from '../../shared/domain/settings.schema.ts';
import { defaultPreferences } from '../../shared/domain/settings.ts';

const WindowBounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
type WindowBounds = z.infer<typeof WindowBounds>;

/** What may be kept outside the encrypted store: how windows look and where they stand. Nothing clinical, nothing secret, ever. */
export interface PreferenceFile {
  readonly find: () => Preferences;
  readonly save: (change: Partial<Preferences>) => Preferences;
  readonly windowBounds: () => WindowBounds | null;
  readonly saveWindowBounds: (bounds: WindowBounds) => void;
  readonly zoom: () => number;
  readonly saveZoom: (factor: number) => void;
  /** Loads what writes the file: to be called once the window has what it needs. */
  readonly prepareToSave: () => void;
}

const name = 'preferences';

/**
 * A damaged or foreign file costs the preferences, never the start. It is read here because a window needs it at once; electron-store, which
 * writes it, brings a schema compiler along and is loaded at the first change, or by `prepareToSave`.
 */
export function openPreferences(folder: string): PreferenceFile {
  const values = new Map<string, unknown>(Object.entries(readValues(join(folder, `${name}.json`))));
  let writer: Promise<{ set: (key: string, value: unknown) => void }> | undefined;
  let ready: { set: (key: string, value: unknown) => void } | undefined;
  const load = () => {
    writer ??= import('electron-store').then(({ default: ElectronStore }) => {
      ready = new ElectronStore<Record<string, unknown>>({ name, cwd: folder, clearInvalidConfig: true });
      return ready;
    });
    return writer;
  };
  const set = (key: string, value: unknown) => {
    values.set(key, value);
    // At once when it can be: the place of a window is saved while it closes.
    if (ready) ready.set(key, value);
    else void load().then((file) => file.set(key, value));
  };
  const find = () => {
    const saved = Preferences.partial().safeParse(values.get('preferences'));
    return Preferences.parse({ ...defaultPreferences, ...(saved.success ? saved.data : {}) });
  };
  return {
    find,
    save: (change) => {
      const next = Preferences.parse({ ...find(), ...change });
      set('preferences', next);
      return next;
    },
    windowBounds: () => WindowBounds.safeParse(values.get('windowBounds')).data ?? null,
    saveWindowBounds: (bounds) => set('windowBounds', bounds),
    zoom: () => z.number().min(0.5).max(3).safeParse(values.get('zoom')).data ?? 1,
    saveZoom: (factor) => set('zoom', factor),
    prepareToSave: () => void load(),
  };
}

function readValues(file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
