import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { answerOf, api } from '../../api/client';
import { keys, type Connection, type Run } from '../../api/connections';

const PAGE = 25;
/** While it runs: live events tell of the connection, not of each stream. */
const PROGRESS_MS = 2_000;

export const runsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.part(id, 'runs'),
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(
        api.GET('/api/platform/v1/connections/{id}/runs', { params: { path: { id }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });

export const runQuery = (id: string, runId: string) =>
  queryOptions({
    queryKey: keys.part(id, 'run', runId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/platform/v1/connections/{id}/runs/{run_id}', {
          params: { path: { id, run_id: runId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? PROGRESS_MS : false),
  });

/** Reads the history again when a live event tells of a run that it does not have, or that one has ended. */
export function useFollowRuns({ id, last_run: run }: Connection): void {
  const client = useQueryClient();
  const told = `${run?.id} ${run?.status}`;
  const before = useRef(told);
  useEffect(() => {
    if (before.current === told) return;
    before.current = told;
    for (const part of ['runs', 'streams', 'activity'])
      void client.invalidateQueries({ queryKey: keys.part(id, part) });
  }, [client, id, told]);
}

/** A run of the history with what the live events have told of it since. */
export function withLive(run: Run, { last_run: live }: Connection): Run {
  return live?.id === run.id && run.status === 'running' ? { ...run, ...live } : run;
}
