import { Plug, Unplug } from 'lucide-react';
import type { SessionStatus } from '../../shared/domain/session.ts';
import { forgetActs } from '../acts/perform.ts';
import { call } from '../data/api.ts';
import { firstLocationOf, navigate } from '../data/locations.ts';
import { tellProblem } from '../data/tell.ts';
import { runCommand } from '../keys/use-commands.ts';
import { Button } from '../ui/forms/button.tsx';
import { Menu } from '../ui/overlays/menu.tsx';
import { roleWords } from '../words/role-words.ts';
import styles from './demo-strip.module.css';

type OpenSession = Extract<SessionStatus, { state: 'open' }>;

/** Purple strip of the demonstration practice: who one is, and the network plug to pull. */
export function DemoStrip({ session }: { readonly session: OpenSession }) {
  const { demo, user, practiceName } = session;
  if (!demo) return null;
  async function switchTo(staffId: string) {
    const next = demo?.staff.find((staff) => staff.id === staffId);
    if (!next || next.id === user.id) return;
    const reply = await call('demo.switch-staff', { staffId });
    forgetActs();
    if (reply.ok) navigate(firstLocationOf(next.role));
    else tellProblem(reply.error);
  }
  return (
    <aside className={styles.strip} aria-label="Demo practice">
      <strong>Demo</strong>
      <span className={styles.words}>{practiceName} · invented people, nothing leaves this computer</span>
      <Menu
        label="Work as"
        chosen={user.id}
        entries={demo.staff.map((staff) => ({ id: staff.id, title: staff.name, detail: roleWords[staff.role] }))}
        onChoose={(id) => void switchTo(id)}
      >
        <Button look="quiet" onPress={() => {}}>{`${user.name}, ${roleWords[user.role]} ▾`}</Button>
      </Menu>
      <Button
        look="quiet"
        icon={demo.network === 'on' ? <Plug size={14} aria-hidden="true" /> : <Unplug size={14} aria-hidden="true" />}
        onPress={() => runCommand('demo.network')}
      >
        {demo.network === 'on' ? 'Pull the network plug' : 'Plug the network in'}
      </Button>
      <Button look="quiet" onPress={() => runCommand('demo.leave')}>
        Leave demo
      </Button>
    </aside>
  );
}
