import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answerOf, api, type Answer } from '../../api/client';
import { keys, type Connection } from '../../api/connections';

export type HealthExplanation = Answer<'connections.explain_health'>;

/** While a run goes on, what it has done so far is among the facts. */
const PROGRESS_MS = 5_000;

/** Why the health is what it is. Asked for again whenever a live event says that the health is another one. */
export const healthQuery = ({ id, health, status, last_run: run, is_syncing: isSyncing }: Connection) =>
  queryOptions({
    queryKey: keys.part(id, 'health', health, status, run?.id, run?.status),
    queryFn: ({ signal }): Promise<HealthExplanation> =>
      answerOf(api.GET('/api/platform/v1/connections/{id}/health', { params: { path: { id } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: isSyncing ? PROGRESS_MS : false,
  });
