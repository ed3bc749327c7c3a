import type { Preferences } from '../../../shared/domain/settings.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Checkbox } from '../../ui/forms/checkbox.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { PracticePolicySection } from './practice-policy.tsx';
import styles from './sheets.module.css';

interface SettingsSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly user: Staff;
  readonly preferences: Preferences;
  readonly onChange: (change: Partial<Preferences>) => void;
}

const themes = [
  { value: 'system', title: 'As the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const;

const densities = [
  { value: 'compact', title: 'Compact, one line' },
  { value: 'standard', title: 'Standard, two lines' },
  { value: 'comfortable', title: 'Comfortable, two lines' },
] as const;

/** How the app looks and takes keys, which takes effect at once; and what the practice decided, of which changes are drafted. */
export function SettingsSheet({ isOpen, onClose, user, preferences, onChange }: SettingsSheetProps) {
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Settings" size="small" actions={<Button onPress={onClose}>Close</Button>}>
      <div className={styles.fields}>
        <Select<Preferences['theme']> label="Theme" value={preferences.theme} options={themes} onChange={(theme) => onChange({ theme })} />
        <Select<Preferences['density']>
          label="Row height"
          value={preferences.density}
          options={densities}
          onChange={(density) => onChange({ density })}
        />
        <Checkbox isSelected={preferences.singleKeyShortcuts} onChange={(singleKeyShortcuts) => onChange({ singleKeyShortcuts })}>
          Single-key shortcuts
        </Checkbox>
        <p className={styles.hint}>
          With single keys off, letters and signs do nothing outside text boxes. Every command stays in the palette, Ctrl+K.
        </p>
        <PracticePolicySection user={user} />
      </div>
    </Sheet>
  );
}
