import { type QueryClient, type UseQueryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { pageLimit } from '../../shared/channels.ts';
import type { Output } from '../../shared/contract.ts';
import type { View, WorkItem } from '../../shared/domain/work-item.ts';
import type { AppError } from '../../shared/errors.ts';
import { fetchOf, useQueryOf } from '../data/queries.ts';

/** Rows of a list, of which only those near the viewport are here. Indexes count from 0 in view order. */
export interface RowSource {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => WorkItem | undefined;
  readonly indexOf: (id: string) => number | undefined;
  /** The loaded rows in view order, each id once. */
  readonly loaded: readonly WorkItem[];
  /** Says which rows are in sight, and which is current; their blocks are fetched, others let go. */
  readonly show: (first: number, last: number, current: number | undefined) => void;
  readonly problem: AppError | null;
  /** A search found more than it shows. */
  readonly hasMore: boolean;
  readonly retry: () => void;
}

type Page = Output<'inbox.page'>;

/** Blocks out of sight are kept this long, for scrolling back. */
const keepMs = 10_000;
/** Below this offset a page costs nothing without an anchor. */
const anchorFrom = 1000;

/** Windows of rows of one view: blocks of 200 on demand. */
export function useViewRows(view: View): RowSource {
  const client = useQueryClient();
  const [blocks, setBlocks] = useState<readonly number[]>([0]);
  const pages = useQueries({
    queries: blocks.map((block) => pageQuery(client, view, block)),
    combine: (results) => ({
      pages: results.map((result) => result.data),
      newest: results.reduce<{ at: number; total: number | undefined }>(
        (best, result) => (result.data && result.dataUpdatedAt >= best.at ? { at: result.dataUpdatedAt, total: result.data.total } : best),
        { at: 0, total: undefined },
      ).total,
      problem: results.find((result) => result.error)?.error ?? null,
      retry: () => {
        for (const result of results) if (result.isError) void result.refetch();
      },
    }),
  });
  const show = useCallback((first: number, last: number, current: number | undefined) => {
    const next = [...new Set([first, last, current ?? first].map((index) => Math.floor(Math.max(index, 0) / pageLimit)))].sort(
      (a, b) => a - b,
    );
    setBlocks((before) => (before.join() === next.join() ? before : next));
  }, []);
  const rows = useMemo(() => rowsOf(blocks, pages.pages), [blocks, pages.pages]);
  // While a far block loads the list keeps its length, or the scroll position would be lost.
  const [lastTotal, setLastTotal] = useState<number>();
  if (pages.newest !== undefined && pages.newest !== lastTotal) setLastTotal(pages.newest);
  return { ...rows, total: pages.newest ?? lastTotal, show, problem: pages.problem, hasMore: false, retry: pages.retry };
}

function pageQuery(client: QueryClient, view: View, block: number): UseQueryOptions<Page, AppError> {
  return {
    queryKey: ['inbox.page', view, block],
    queryFn: () => fetchOf('inbox.page', { view, offset: block * pageLimit, limit: pageLimit, anchor: anchorNear(client, view, block) }),
    gcTime: keepMs,
  };
}

function rowsOf(blocks: readonly number[], pages: readonly (Page | undefined)[]): Pick<RowSource, 'rowAt' | 'indexOf' | 'loaded'> {
  const indexById = new Map<string, number>();
  const rowByIndex = new Map<number, WorkItem>();
  for (const [place, block] of blocks.entries()) {
    for (const [offset, row] of (pages[place]?.rows ?? []).entries()) {
      // Two blocks fetched at different moments can hold the same item; it is shown once, the other place stays grey until the refetch.
      if (indexById.has(row.key)) continue;
      indexById.set(row.key, block * pageLimit + offset);
      rowByIndex.set(block * pageLimit + offset, row);
    }
  }
  return { rowAt: (index) => rowByIndex.get(index), indexOf: (id) => indexById.get(id), loaded: [...rowByIndex.values()] };
}

/** A row of a neighbouring block that is still true, so that the store walks from there instead of counting from the top. */
function anchorNear(client: QueryClient, view: View, block: number): { readonly offset: number; readonly key: WorkItem['key'] } | null {
  if (block * pageLimit < anchorFrom) return null;
  for (const near of [block - 1, block + 1]) {
    const state = client.getQueryState<Page>(['inbox.page', view, near]);
    const row = near < block ? state?.data?.rows.at(-1) : state?.data?.rows[0];
    if (!state?.data || !row || state.isInvalidated) continue;
    return { offset: near * pageLimit + (near < block ? state.data.rows.length - 1 : 0), key: row.key };
  }
  return null;
}

/** What a search found, newest first. */
export function useSearchRows(text: string): RowSource {
  const { data, error, refetch } = useQueryOf('inbox.search', { text, limit: pageLimit });
  const rows = useMemo(() => rowsOf([0], data ? [{ total: data.rows.length, offset: 0, rows: data.rows }] : []), [data]);
  return { ...rows, total: data?.rows.length, show: ignore, problem: error, hasMore: data?.more ?? false, retry: () => void refetch() };
}

function ignore(): void {}
