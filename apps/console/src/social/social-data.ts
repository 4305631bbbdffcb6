import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { answerOf, api, type Answer } from '../api/client';
import { keys, type Connection } from '../api/connections';
import type { PostSort } from './metrics';

export type Social = Answer<'connections.get_social'>;
export type SocialPost = Social['posts'][number];
export type Range = '7d' | '30d' | '90d';

export const rangeDays: Readonly<Record<Range, number>> = { '7d': 7, '30d': 30, '90d': 90 };

const read = (id: string, query: object, signal: AbortSignal): Promise<Social> =>
  answerOf(api.GET('/api/platform/v1/connections/{id}/social', { params: { path: { id }, query }, signal }));

/** Followers and engagement of a range; of its posts only what the answer cannot be without. */
export const overviewQuery = (id: string, range: Range) =>
  queryOptions({
    queryKey: keys.part(id, 'social', range),
    queryFn: ({ signal }) => read(id, { range, limit: 1 }, signal),
    placeholderData: keepPreviousData,
  });

/** The chart wants many at once; whoever sorts by a number looks at the first. */
const pageSize = (sort: PostSort): number => (sort === 'posted_at' ? 200 : 50);

const postsKey = (id: string) => ['social-posts', id] as const;

/**
 * All posts, page by page. Not below the connection's own key: a live event would read every page again, and only a sync
 * changes them (see {@link useFreshPosts}).
 */
export const postsQuery = (id: string, sort: PostSort) =>
  infiniteQueryOptions({
    queryKey: [...postsKey(id), sort],
    queryFn: ({ signal, pageParam: cursor }) =>
      read(id, { range: '7d', sort, limit: pageSize(sort), ...(cursor !== null && { cursor }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Infinity,
  });

/** How many posts the account has altogether; null where that is not known. */
export const postTotalQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'social', 'post-total'),
    queryFn: async ({ signal }) => {
      const { streams } = await answerOf(
        api.GET('/api/platform/v1/connections/{id}/streams', { params: { path: { id } }, signal }),
      );
      return streams.find(({ stream }) => stream === 'posts')?.record_count ?? null;
    },
  });

/** Reads the posts again when a sync has changed them. */
export function useFreshPosts(connection: Connection, asOf: string | null): void {
  const client: QueryClient = useQueryClient();
  const { id, last_synced_at: synced, last_run: run } = connection;
  const revision = [asOf, synced, run?.id, run?.finished_at].join('|');
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    void client.invalidateQueries({ queryKey: postsKey(id) });
  }, [client, id, revision]);
}
