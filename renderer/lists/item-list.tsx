import { useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useMemo } from 'react';
import type { Preferences } from '../../shared/domain/settings.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';
import type { ItemKey } from '../../shared/ids.ts';
import { useNow } from '../ui/use-now.ts';
import { columns, features, type RowContext } from './item-columns.tsx';
import styles from './item-list.module.css';
import { ItemRow, rowId } from './item-row.tsx';
import type { RowSource } from './row-source.ts';

export const rowHeights: Record<Preferences['density'], number> = { compact: 36, standard: 56, comfortable: 68 };

interface ItemListProps {
  readonly label: string;
  readonly source: RowSource;
  readonly index: number | undefined;
  readonly awaited: number | undefined;
  readonly itemKey: ItemKey | null;
  readonly staffId: string | null;
  readonly density: Preferences['density'];
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** When it appears, unless someone is typing or reading; so keys work at once. */
  readonly takesFocus: boolean;
  readonly onSelect: (id: ItemKey) => void;
  readonly onOpen: () => void;
  /** Rows that fit, for page up and down. */
  readonly pageRows: RefObject<number>;
}

/** Virtual grid of rows. Never more rows in the document than fit, twelve around them, and the active one (UI, trap 13). */
export function ItemList(props: ItemListProps) {
  const { label, source, index, itemKey, density, gridRef, onSelect, onOpen } = props;
  const { height, rows, totalHeight } = useVisibleRows(props);
  useFocusAtStart(gridRef, props.takesFocus);
  const model = useRowModel(source.loaded, props.staffId);
  const grid = {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': source.total ?? -1,
    'aria-colcount': columns.length,
    'aria-busy': source.total === undefined,
    'aria-activedescendant': index === undefined || itemKey === null ? undefined : rowId(itemKey),
    tabIndex: 0,
  };
  return (
    <div {...grid} ref={gridRef} className={styles.grid}>
      <div className={styles.inner} style={{ height: totalHeight }}>
        {rows.map(({ index: at, start }) => {
          const item = source.rowAt(at);
          return (
            <ItemRow
              key={item?.key ?? at}
              index={at}
              start={start}
              height={height}
              item={item}
              cells={(item && model.rows.get(item.key)?.getAllCells()) ?? []}
              renderCell={(cell) => <model.table.FlexRender cell={cell} />}
              isSelected={item !== undefined && item.key === itemKey}
              density={density}
              onSelect={() => item && onSelect(item.key)}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

function useFocusAtStart(gridRef: RefObject<HTMLDivElement | null>, isWanted: boolean): void {
  useEffect(() => {
    const holder = document.activeElement;
    const isInFront = holder?.closest('[data-pane="nav"],[data-pane="list"]') !== null && !holder?.matches('input');
    if (isWanted && (holder === document.body || isInFront)) gridRef.current?.focus({ preventScroll: true });
  }, [gridRef, isWanted]);
}

function useVisibleRows({ source, index, awaited, density, gridRef, pageRows }: ItemListProps) {
  const height = rowHeights[density];
  const active = awaited ?? index;
  const virtualizer = useVirtualizer({
    count: source.total ?? 0,
    getScrollElement: () => gridRef.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: { width: 400, height: 600 },
    rangeExtractor: useCallback((range: Range) => withActive(defaultRangeExtractor(range), active), [active]),
  });
  const rows = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    source.show(awaited ?? first, awaited ?? last, index);
    pageRows.current = Math.max(last - first - 1, 1);
  }, [source.show, first, last, awaited, index, pageRows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height must be measured
  useEffect(() => virtualizer.measure(), [height]);
  useEffect(() => {
    if (active !== undefined && gridRef.current) bringIntoView(gridRef.current, active * height, height);
  }, [active, height, gridRef]);
  return { height, rows, totalHeight: virtualizer.getTotalSize() };
}

/** At once and to the pixel, as all rows are equally high; the virtualizer's own scrolling waits for a frame in which the row can be let go again. */
function bringIntoView(grid: HTMLElement, top: number, height: number): void {
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + height > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + height - grid.clientHeight;
}

function withActive(indexes: number[], active: number | undefined): number[] {
  if (active === undefined || indexes.includes(active)) return indexes;
  return [...indexes, active].sort((a, b) => a - b);
}

function useRowModel(loaded: readonly WorkItem[], staffId: string | null) {
  const now = useNow(30_000);
  const data = useMemo(() => {
    const context: RowContext = { now: new Date(now).toISOString(), staffId };
    return loaded.map((item) => ({ ...item, context }));
  }, [loaded, now, staffId]);
  const table = useTable({ features, columns, data, getRowId: (row) => row.key });
  const { rows } = table.getRowModel();
  return { table, rows: useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]) };
}
