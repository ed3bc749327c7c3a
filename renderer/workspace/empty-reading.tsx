import { wallTimeOf } from '../../shared/dates.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { type CommandId, commandOf } from '../commands.ts';
import { useQueryOf } from '../data/queries.ts';
import { KeyHint } from '../ui/text/key-hint.tsx';
import { useNow } from '../ui/use-now.ts';
import { practiceZone } from '../words/practice-zone.ts';
import styles from './empty-reading.module.css';

const hints: readonly CommandId[] = ['list.next', 'item.open', 'app.search', 'app.palette', 'app.shortcuts'];

/** Before an item is chosen: who is at work, how much there is, and the first keys. */
export function EmptyReading({ user }: { readonly user: Staff }) {
  const { data: counts } = useQueryOf('inbox.counts', {});
  const { hour } = wallTimeOf(useNow(60_000), practiceZone);
  return (
    <div className={styles.empty}>
      <p className={styles.greeting} lang="mi">
        {greeting(user.name, hour)}
      </p>
      {counts && (
        <p className={styles.counts}>
          {counts.views.all.items.toLocaleString('en-NZ')} open · {counts.views.urgent.items} urgent · {counts.views.mine.items} yours ·{' '}
          {counts.views.team.items} for your team
        </p>
      )}
      <dl className={styles.hints}>
        {hints.map((id) => {
          const { title, keys } = commandOf(id);
          return (
            <div key={id} className={styles.hint}>
              <dt>{keys[0] && <KeyHint keys={keys[0]} />}</dt>
              <dd>{title}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

const titles = /^(?:dr|mr|mrs|ms|miss|mx|nurse)\.?\s+/iu;

/** `Mōrena, Mere` until noon, then `Kia ora, Mere` (UI, Wording). `hour` of the practice's wall clock. */
function greeting(name: string, hour: number): string {
  const [first = name] = name.replace(titles, '').split(' ');
  return `${hour < 12 ? 'Mōrena' : 'Kia ora'}, ${first}`;
}
