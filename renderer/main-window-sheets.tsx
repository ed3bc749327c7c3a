import type { Preferences } from '../shared/domain/settings.ts';
import { Palette } from './features/palette/palette.tsx';
import { AboutSheet } from './features/settings/about-sheet.tsx';
import { SettingsSheet } from './features/settings/settings-sheet.tsx';
import { ShortcutsSheet } from './features/shortcuts/shortcuts-sheet.tsx';
import type { SheetName } from './workspace/workspace-commands.ts';

interface WorkspaceSheetsProps {
  readonly open: SheetName | null;
  readonly onClose: () => void;
  readonly preferences: Preferences;
  readonly save: (change: Partial<Preferences>) => void;
}

/** The dialogs of the main window; at most one is open. */
export function WorkspaceSheets({ open, onClose, preferences, save }: WorkspaceSheetsProps) {
  return (
    <>
      <Palette isOpen={open === 'palette'} onClose={onClose} />
      <ShortcutsSheet
        isOpen={open === 'shortcuts'}
        onClose={onClose}
        singleKeys={preferences.singleKeyShortcuts}
        onSingleKeys={(singleKeyShortcuts) => save({ singleKeyShortcuts })}
      />
      <SettingsSheet isOpen={open === 'settings'} onClose={onClose} preferences={preferences} onChange={save} />
      <AboutSheet isOpen={open === 'about'} onClose={onClose} />
    </>
  );
}
