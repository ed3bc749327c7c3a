import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CoreChannel, ShellChannel, Topic } from '../../shared/channels.ts';
import type { Input, Output } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { call, callShell, onChanged, onRestarted } from './api.ts';

/** Which topics make an answer old. Only queries stand here: a command can't be used as one. */
const topicsByQuery = {
  'session.status': ['session'],
  'inbox.page': ['inbox', 'item', 'outbox'],
  'inbox.counts': ['inbox', 'item', 'outbox'],
  'inbox.search': ['inbox', 'item', 'outbox'],
  'items.detail': ['item', 'inbox', 'outbox'],
  'drafts.find': [],
  'outbox.list': ['outbox'],
  'outbox.conflict': ['outbox', 'item'],
  'staff.list': ['inbox', 'session'],
  'practice.policy': ['outbox', 'session'],
  'sync.status': ['sync', 'outbox', 'session'],
  'sync.quarantine': ['sync'],
  'sync.conservation': ['sync'],
} as const satisfies Partial<Record<CoreChannel, readonly Topic[]>>;

export type QueryChannel = keyof typeof topicsByQuery;

const gcMs = 60_000;

/**
 * `networkMode: 'always'`: the core is no network, and the library's offline pause would block it.
 * Answers stay until a topic says otherwise; what no screen shows is forgotten after a minute, as it may be patient data.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: Number.POSITIVE_INFINITY, gcTime: gcMs, retry: false, refetchOnWindowFocus: false },
    },
  });
}

/** Refetches what hangs on a topic whenever one is announced, and everything after a restart of the core. Returns the unsubscribe. */
export function followChanges(client: QueryClient): () => void {
  const stopChanges = onChanged((topics) => {
    void client.invalidateQueries({
      predicate: ({ queryKey: [channel] }) => {
        if (channel === 'app.preferences') return topics.includes('preferences');
        return isQueryChannel(channel) && topicsByQuery[channel].some((topic) => topics.includes(topic));
      },
    });
  });
  const stopRestarts = onRestarted(() => void client.invalidateQueries());
  return () => {
    stopChanges();
    stopRestarts();
  };
}

function isQueryChannel(channel: unknown): channel is QueryChannel {
  return typeof channel === 'string' && Object.hasOwn(topicsByQuery, channel);
}

/** Settles as the query libraries want it: an AppError is the rejection's reason. */
export async function fetchOf<C extends QueryChannel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const reply = await call(channel, input);
  return reply.ok ? reply.value : Promise.reject(reply.error);
}

/** The answer to a query of the contract, kept fresh by topics. `error` is an AppError; word it with `errorMessage`. */
export function useQueryOf<C extends QueryChannel>(
  channel: C,
  input: Input<C>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<Output<C>, AppError> {
  return useQuery<Output<C>, AppError>({
    queryKey: [channel, input],
    queryFn: () => fetchOf(channel, input),
    enabled: options.enabled ?? true,
  });
}

/** The same for what the shell answers. */
export function useShellQuery<C extends Extract<ShellChannel, 'app.about' | 'app.preferences'>>(
  channel: C,
  input: Input<C>,
): UseQueryResult<Output<C>, AppError> {
  return useQuery<Output<C>, AppError>({
    queryKey: [channel, input],
    queryFn: async () => {
      const reply = await callShell(channel, input);
      return reply.ok ? reply.value : Promise.reject(reply.error);
    },
  });
}
