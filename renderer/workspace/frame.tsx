import { type ReactNode, useEffect, useRef } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import type { Location } from '../data/locations.ts';
import { Toasts } from '../ui/overlays/toast.tsx';
import styles from './frame.module.css';
import { Nav } from './nav.tsx';
import type { PaneWidths, WidthBand } from './width-bands.ts';

interface FrameProps {
  readonly band: WidthBand;
  readonly widths: PaneWidths;
  readonly onWidths: (change: Partial<PaneWidths>) => void;
  readonly location: Location;
  readonly isContextOpen: boolean;
  /** Of a single-pane window: the item is in front, not the list. */
  readonly isReadingInFront: boolean;
  readonly top: ReactNode;
  readonly list: ReactNode;
  readonly banner: ReactNode;
  readonly reading: ReactNode;
  readonly context: ReactNode;
  /** A page in place of list and reading. */
  readonly page: ReactNode;
  readonly status: ReactNode;
}

/** Navigation, list, reading and context beside each other, with a status bar below (UI, Panes). The banner spans reading and context. */
export function Frame(props: FrameProps) {
  const { band, widths, location, top, page, status } = props;
  return (
    <div className={styles.frame}>
      {top}
      <div className={styles.work} style={{ gridTemplateColumns: `${widths.nav}px minmax(0, 1fr)` }}>
        <Nav location={location} isFolded={widths.nav < 120} />
        {page ? (
          <main className={styles.page} data-pane="list">
            {page}
          </main>
        ) : (
          <main className={styles.panes}>{band === 'single' ? <SinglePane {...props} /> : <Panes {...props} />}</main>
        )}
      </div>
      {status}
      <Toasts />
    </div>
  );
}

/** Below 960 px: list or item. */
function SinglePane({ isReadingInFront, list, ...rest }: FrameProps) {
  return isReadingInFront ? (
    <ItemSide {...rest} isContextOpen={false} />
  ) : (
    <section className={styles.list} data-pane="list" aria-label="List">
      {list}
    </section>
  );
}

function Panes(props: FrameProps) {
  const { band, widths, onWidths, list } = props;
  const panel = usePanelRef();
  const pixels = useRef(widths.list);
  // Another band has other widths; the panel stays mounted, so nothing half typed is lost.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of band moves the separator, not the user's own drag
  useEffect(() => panel.current?.resize(widths.list), [band]);
  return (
    <Group
      orientation="horizontal"
      className={styles.group}
      onLayoutChanged={(_, meta) => meta.isUserInteraction && onWidths({ list: Math.round(pixels.current) })}
    >
      <Panel
        id="list"
        panelRef={panel}
        defaultSize={widths.list}
        minSize={300}
        maxSize="60%"
        groupResizeBehavior="preserve-pixel-size"
        onResize={(size) => {
          pixels.current = size.inPixels;
        }}
      >
        <section className={styles.list} data-pane="list" aria-label="List">
          {list}
        </section>
      </Panel>
      <Separator className={styles.separator} aria-label="Width of the list" />
      <Panel id="item" minSize={360}>
        <ItemSide {...props} />
      </Panel>
    </Group>
  );
}

type ItemSideProps = Pick<FrameProps, 'band' | 'widths' | 'onWidths' | 'isContextOpen' | 'banner' | 'reading' | 'context'>;

function ItemSide({ band, widths, onWidths, isContextOpen, banner, reading, context }: ItemSideProps) {
  const pixels = useRef(widths.context);
  const isDrawer = band === 'narrow' || band === 'single';
  return (
    <div className={styles.item}>
      {banner}
      <div className={styles.below}>
        <Group
          orientation="horizontal"
          className={styles.group}
          onLayoutChanged={(_, meta) => meta.isUserInteraction && onWidths({ context: Math.round(pixels.current) })}
        >
          <Panel id="reading" minSize={340}>
            <section className={styles.reading} data-pane="reading" aria-label="Item" tabIndex={-1}>
              {reading}
            </section>
          </Panel>
          {isContextOpen && !isDrawer && (
            <>
              <Separator className={styles.separator} aria-label="Width of the context pane" />
              <Panel
                id="context"
                defaultSize={widths.context}
                minSize={220}
                maxSize="50%"
                groupResizeBehavior="preserve-pixel-size"
                onResize={(size) => {
                  pixels.current = size.inPixels;
                }}
              >
                <aside className={styles.context} data-pane="context" aria-label="Context" tabIndex={-1}>
                  {context}
                </aside>
              </Panel>
            </>
          )}
        </Group>
        {isContextOpen && isDrawer && (
          <aside className={styles.drawer} data-pane="context" aria-label="Context" tabIndex={-1} style={{ width: widths.context }}>
            {context}
          </aside>
        )}
      </div>
    </div>
  );
}
