import ElectronStore from 'electron-store';
import { z } from 'zod';
import { defaultPreferences, Preferences } from '../../shared/domain/settings.ts';

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
}

/** A damaged or foreign file costs the preferences, never the start. */
export function openPreferences(folder: string): PreferenceFile {
  const file = new ElectronStore<Record<string, unknown>>({ name: 'preferences', cwd: folder, clearInvalidConfig: true });
  const find = () => {
    const saved = Preferences.partial().safeParse(file.get('preferences'));
    return Preferences.parse({ ...defaultPreferences, ...(saved.success ? saved.data : {}) });
  };
  return {
    find,
    save: (change) => {
      const next = Preferences.parse({ ...find(), ...change });
      file.set('preferences', next);
      return next;
    },
    windowBounds: () => WindowBounds.safeParse(file.get('windowBounds')).data ?? null,
    saveWindowBounds: (bounds) => file.set('windowBounds', bounds),
    zoom: () => z.number().min(0.5).max(3).safeParse(file.get('zoom')).data ?? 1,
    saveZoom: (factor) => file.set('zoom', factor),
  };
}
