import { queryOptions } from '@tanstack/react-query';

import { answerOf, api } from '../../api/client';
import { keys } from '../../api/connections';

/** While a run goes on; live events tell of the connection, not of its streams. */
const PROGRESS_MS = 3_000;

export const streamsQuery = (id: string, isSyncing: boolean) =>
  queryOptions({
    queryKey: keys.part(id, 'streams'),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/platform/v1/connections/{id}/streams', { params: { path: { id } }, signal }),
      ).then(({ streams }) => streams),
    refetchInterval: isSyncing ? PROGRESS_MS : false,
  });
