import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Preferences } from '../../shared/domain/settings.ts';
import type { View } from '../../shared/domain/work-item.ts';
import type { ItemKey, StaffId } from '../../shared/ids.ts';
import { call } from '../data/api.ts';
import { currentItemId, type Location, navigate, withItem } from '../data/locations.ts';
import { useQueryOf } from '../data/queries.ts';
import { useCommands } from '../keys/use-commands.ts';
import { Button } from '../ui/forms/button.tsx';
import { errorMessage } from '../words/error-message.ts';
import { EmptyList } from './empty-list.tsx';
import styles from './inbox-pane.module.css';
import { ItemList } from './item-list.tsx';
import { ListHeader } from './list-header.tsx';
import { type RowSource, useSearchRows, useViewRows } from './row-source.ts';
import { type ListSelection, useSelection } from './selection.ts';
import { viewOrders, viewTitles } from './view-words.ts';

export interface ListPosition {
  readonly index: number;
  readonly total: number;
}

interface InboxPaneProps {
  readonly location: Exclude<Location, { at: 'outbox' }>;
  readonly staffId: StaffId;
  readonly density: Preferences['density'];
  /** Where the current item stands in the list, and how to move on from it. */
  readonly onList: (position: ListPosition | null, advance: () => void) => void;
  /** The first rows stand, or it is known that there are none. */
  readonly onReady: () => void;
  readonly onOpen: () => void;
}

/** The list of one view, or of what a search found, under its header. */
export function InboxPane(props: InboxPaneProps) {
  const { location } = props;
  const gridRef = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<ListSize>({ total: undefined, hasMore: false });
  const isSearch = location.at === 'search';
  const title = isSearch ? 'Search' : viewTitles[location.view];
  const order = isSearch ? (size.hasMore ? 'newest first, more than these' : 'newest first') : viewOrders[location.view];
  const rest = { ...props, gridRef, label: `${title}, ${order}`, onSize: setSize };
  return (
    <>
      <ListHeader location={location} title={title} order={order} total={size.total} onLeaveField={() => gridRef.current?.focus()} />
      {location.at === 'search' ? (
        <SearchedList key="search" {...rest} text={location.text} />
      ) : (
        <ViewList key={location.view} {...rest} view={location.view} />
      )}
    </>
  );
}

interface ListSize {
  readonly total: number | undefined;
  readonly hasMore: boolean;
}

interface ListProps extends InboxPaneProps {
  readonly source: RowSource;
  readonly label: string;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onSize: (size: ListSize) => void;
}

function ViewList({ view, ...props }: Omit<ListProps, 'source'> & { readonly view: View }) {
  return <List {...props} source={useViewRows(view)} />;
}

function SearchedList({ text, ...props }: Omit<ListProps, 'source'> & { readonly text: string }) {
  return <List {...props} source={useSearchRows(text)} />;
}

function List({ location, staffId, density, source, label, gridRef, onSize, onList, onReady, onOpen }: ListProps) {
  const pageRows = useRef(8);
  const itemKey = currentItemId(location);
  const select = useCallback((id: ItemKey | null) => navigate(withItem(location, id), 'replace'), [location]);
  const selection = useSelection(source, itemKey, select);
  const { index, advance } = selection;
  const { data: sync } = useQueryOf('sync.status', {});
  const isReady = source.total !== undefined;
  const total = source.total ?? 0;
  const isFilled = total > 0 || (isReady && sync !== undefined && sync.state !== 'starting' && sync.state !== 'first-sync');

  useEffect(() => {
    if (isFilled) onReady();
  }, [isFilled, onReady]);
  useEffect(() => onSize({ total: source.total, hasMore: source.hasMore }), [source.total, source.hasMore, onSize]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: advance closes over the same rows as index and total
  useEffect(() => onList(index === undefined ? null : { index, total }, advance), [index, total, itemKey, source.loaded, onList]);

  const open = useOpening(itemKey, index === undefined ? undefined : source.rowAt(index)?.unread, onOpen);
  useListCommands(selection, total, pageRows, itemKey === null ? () => selection.move(1) : open);

  if (source.problem && total === 0) {
    return (
      <div className={styles.problem} role="alert">
        <p>{errorMessage(source.problem)}</p>
        <Button onPress={source.retry}>Try again</Button>
      </div>
    );
  }
  if (isReady && total === 0) return <EmptyList location={location} />;
  return (
    <ItemList
      label={label}
      source={source}
      index={index}
      awaited={selection.awaited}
      itemKey={itemKey}
      staffId={staffId}
      density={density}
      gridRef={gridRef}
      takesFocus={location.at === 'inbox'}
      pageRows={pageRows}
      onSelect={select}
      onOpen={open}
    />
  );
}

/** What was read here and marked unread since is read again when it is opened again; the first look at an item is recorded where it is shown. */
function useOpening(itemKey: ItemKey | null, isUnread: boolean | undefined, onOpen: () => void): () => void {
  const readHere = useRef<ItemKey>(null);
  useEffect(() => {
    if (isUnread === false) readHere.current = itemKey;
  }, [itemKey, isUnread]);
  return () => {
    if (itemKey !== null && isUnread && readHere.current === itemKey) void call('items.open', { itemKey });
    onOpen();
  };
}

function useListCommands({ move, goTo }: ListSelection, total: number, pageRows: RefObject<number>, open: () => void): void {
  useCommands({
    'list.next': () => move(1),
    'list.previous': () => move(-1),
    'list.next-row': () => move(1),
    'list.previous-row': () => move(-1),
    'list.page-down': () => move(pageRows.current),
    'list.page-up': () => move(-pageRows.current),
    'list.first': () => goTo(0),
    'list.last': () => goTo(total - 1),
    'item.open': open,
  });
}
