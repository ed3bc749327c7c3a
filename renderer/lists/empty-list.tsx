import type { View } from '../../shared/domain/work-item.ts';
import { type Location, navigate } from '../data/locations.ts';
import { useQueryOf } from '../data/queries.ts';
import { Button } from '../ui/forms/button.tsx';
import styles from './empty-list.module.css';
import { viewTitles } from './view-words.ts';

const workViews: readonly View[] = ['urgent', 'mine', 'team', 'messages', 'repeats', 'results'];

/** An empty queue says so in words, and where work is left. */
export function EmptyList({ location }: { readonly location: Exclude<Location, { at: 'outbox' }> }) {
  const { data: counts } = useQueryOf('inbox.counts', {});
  const { data: sync } = useQueryOf('sync.status', {});
  if (location.at === 'search') {
    return (
      <div className={styles.empty}>
        <p className={styles.words}>Nothing matches ‘{location.text}’.</p>
        <p className={styles.hint}>Names, NHI, subjects and texts were searched, in open and done items. Macrons don’t matter.</p>
      </div>
    );
  }
  if (sync?.state === 'first-sync' || sync?.state === 'starting') {
    return (
      <div className={styles.empty}>
        <p className={styles.words}>Getting your inbox.</p>
        <p className={styles.hint}>The newest items come first.</p>
      </div>
    );
  }
  const next = workViews.find((view) => view !== location.view && (counts?.views[view]?.items ?? 0) > 0);
  return (
    <div className={styles.empty}>
      <p className={styles.words}>All clear. Ka pai.</p>
      {next && (
        <Button onPress={() => navigate({ at: 'inbox', view: next, itemKey: null })}>
          {`Go to ${viewTitles[next]} (${counts?.views[next]?.items})`}
        </Button>
      )}
    </div>
  );
}
