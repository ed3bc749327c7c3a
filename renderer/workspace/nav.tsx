import { CircleCheck, FlaskConical, Inbox, Mail, Pill, Send, TriangleAlert, User, Users } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import type { View } from '../../shared/domain/work-item.ts';
import { type CommandId, keysOf } from '../commands.ts';
import type { Location } from '../data/locations.ts';
import { useQueryOf } from '../data/queries.ts';
import { runCommand } from '../keys/use-commands.ts';
import { cx } from '../ui/cx.ts';
import { Hint } from '../ui/overlays/tooltip.tsx';
import { VisuallyHidden } from '../ui/text/visually-hidden.tsx';
import styles from './nav.module.css';

type Target = View | 'outbox';

const targets: readonly { readonly to: Target; readonly title: string; readonly icon: typeof Inbox; readonly command: CommandId }[] = [
  { to: 'all', title: 'All', icon: Inbox, command: 'go.all' },
  { to: 'mine', title: 'Mine', icon: User, command: 'go.mine' },
  { to: 'team', title: 'Team', icon: Users, command: 'go.team' },
  { to: 'urgent', title: 'Urgent', icon: TriangleAlert, command: 'go.urgent' },
  { to: 'messages', title: 'Messages', icon: Mail, command: 'go.messages' },
  { to: 'repeats', title: 'Repeats', icon: Pill, command: 'go.repeats' },
  { to: 'results', title: 'Results', icon: FlaskConical, command: 'go.results' },
  { to: 'done', title: 'Done', icon: CircleCheck, command: 'go.done' },
  { to: 'outbox', title: 'Outbox', icon: Send, command: 'go.outbox' },
];

/** The lists, each with its count. Arrows move inside, the current one is the tab stop. */
export function Nav({ location, isFolded }: { readonly location: Location; readonly isFolded: boolean }) {
  const list = useRef<HTMLUListElement>(null);
  const current: Target = location.at === 'outbox' ? 'outbox' : location.at === 'inbox' ? location.view : 'all';

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  }

  return (
    <nav data-pane="nav" aria-label="Lists" className={cx(styles.nav, isFolded && styles.folded)} onKeyDown={onKeyDown}>
      <ul ref={list}>
        {targets.map((target) => (
          <li key={target.to} className={target.to === 'outbox' ? styles.apart : undefined}>
            <NavEntry
              {...target}
              isCurrent={current === target.to && location.at !== 'search'}
              isTabStop={current === target.to}
              isFolded={isFolded}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface NavEntryProps {
  readonly to: Target;
  readonly title: string;
  readonly icon: typeof Inbox;
  readonly command: CommandId;
  readonly isCurrent: boolean;
  readonly isTabStop: boolean;
  readonly isFolded: boolean;
}

function NavEntry({ to, title, icon: Icon, command, isCurrent, isTabStop, isFolded }: NavEntryProps) {
  const { count, words, isAlarm } = useCount(to);
  return (
    <Hint text={isFolded ? title : undefined} keys={keysOf(command)} placement="right">
      <Button
        className={styles.entry ?? ''}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
        excludeFromTabOrder={!isTabStop}
        onPress={() => runCommand(command)}
      >
        <Icon size={16} aria-hidden="true" />
        {isFolded ? <VisuallyHidden>{title}</VisuallyHidden> : <span className={styles.title}>{title}</span>}
        {count > 0 && (
          <span className={cx(styles.count, isAlarm && styles.alarm)} aria-hidden="true">
            {isFolded && count > 99 ? '99+' : count.toLocaleString('en-NZ')}
          </span>
        )}
        <VisuallyHidden>{words}</VisuallyHidden>
      </Button>
    </Hint>
  );
}

function useCount(to: Target): { readonly count: number; readonly words: string; readonly isAlarm: boolean } {
  const { data } = useQueryOf('inbox.counts', {});
  if (!data) return { count: 0, words: '', isAlarm: false };
  if (to === 'outbox') {
    const count = data.outbox + data.needsAttention;
    return { count, words: `${data.outbox} waiting, ${data.needsAttention} need you`, isAlarm: data.needsAttention > 0 };
  }
  const { items, unread } = data.views[to];
  return { count: to === 'done' ? 0 : items, words: `${items} items, ${unread} unread`, isAlarm: to === 'urgent' && items > 0 };
}
