import { useCallback, useEffect, useRef, useState } from 'react';
import type { ItemKey } from '../../shared/ids.ts';
import type { RowSource } from './row-source.ts';

interface Neighbours {
  readonly id: ItemKey;
  readonly index: number;
  readonly next: ItemKey | null;
  readonly previous: ItemKey | null;
}

export interface ListSelection {
  /** Place of the current item in view order; undefined when it isn't in the loaded rows. */
  readonly index: number | undefined;
  /** Selects the row at an index; when it isn't here yet, as soon as it is. */
  readonly goTo: (index: number) => void;
  readonly move: (by: number) => void;
  /** After done, send or release: the item that stood next when the current one was last seen. */
  readonly advance: () => void;
  /** Row that is awaited. */
  readonly awaited: number | undefined;
}

/**
 * Keeps the one current item by its id. Its index is only looked up, never trusted: after a re-sort the same index is another patient
 * (UI, trap 3). Its neighbours are remembered so that the list can move on when the item has left it.
 */
export function useSelection(source: RowSource, itemKey: ItemKey | null, select: (id: ItemKey | null) => void): ListSelection {
  const [awaited, setAwaited] = useState<number>();
  const memory = useRef<Neighbours>(undefined);
  const index = itemKey === null ? undefined : source.indexOf(itemKey);

  useEffect(() => {
    if (itemKey === null || index === undefined) return;
    memory.current = { id: itemKey, index, next: source.rowAt(index + 1)?.key ?? null, previous: source.rowAt(index - 1)?.key ?? null };
  }, [itemKey, index, source]);

  useEffect(() => {
    const row = awaited === undefined ? undefined : source.rowAt(awaited);
    if (!row) return;
    setAwaited(undefined);
    select(row.key);
  }, [awaited, source, select]);

  const goTo = useCallback(
    (wanted: number) => {
      if (!source.total) return;
      const target = Math.min(Math.max(wanted, 0), source.total - 1);
      const row = source.rowAt(target);
      if (row) select(row.key);
      setAwaited(row ? undefined : target);
    },
    [source, select],
  );

  const move = (by: number) => {
    const from = awaited ?? index;
    if (from !== undefined) goTo(from + by);
    // The item has left the view: what stands in its place now is the next one.
    else if (itemKey !== null && memory.current?.id === itemKey) goTo(by > 0 ? memory.current.index + by - 1 : memory.current.index + by);
    else goTo(by > 0 ? 0 : (source.total ?? 1) - 1);
  };

  const advance = () => {
    const last = memory.current;
    if (!last || last.id !== itemKey) return;
    select(last.next ?? last.previous);
  };

  return { index, goTo, move, advance, awaited };
}
