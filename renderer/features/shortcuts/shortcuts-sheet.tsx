import { commands } from '../../commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Checkbox } from '../../ui/forms/checkbox.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { KeyHint } from '../../ui/text/key-hint.tsx';
import styles from './shortcuts-sheet.module.css';

interface ShortcutsSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly singleKeys: boolean;
  readonly onSingleKeys: (isOn: boolean) => void;
}

/** All keys, made from the registry. */
export function ShortcutsSheet({ isOpen, onClose, singleKeys, onSingleKeys }: ShortcutsSheetProps) {
  const groups = [
    ...Map.groupBy(
      commands.filter((command) => command.keys.length > 0),
      (command) => command.group,
    ),
  ];
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts" size="large" actions={<Button onPress={onClose}>Close</Button>}>
      <Checkbox isSelected={singleKeys} onChange={onSingleKeys}>
        Single-key shortcuts (letters and signs without Ctrl)
      </Checkbox>
      <div className={styles.groups}>
        {groups.map(([group, members]) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.title}>{group}</h3>
            <dl>
              {members.map((command) => (
                <div key={command.id} className={styles.line}>
                  <dt>{command.title}</dt>
                  <dd className={styles.keys}>
                    {command.keys.map((keys) => (
                      <KeyHint key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section className={styles.group}>
          <h3 className={styles.title}>Window</h3>
          <dl>
            <div className={styles.line}>
              <dt>Larger, smaller, usual size</dt>
              <dd className={styles.keys}>
                <KeyHint keys="$mod+=" />
                <KeyHint keys="$mod+-" />
                <KeyHint keys="$mod+0" />
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </Sheet>
  );
}
