import { useQuery, useQueryClient } from '@tanstack/react-query';

import { connectionQuery } from '../api/connections';
import { ApiError } from '../api/errors';
import { isNoAccess, NoAccess } from '../shell/no-access';
import { NotFoundPage } from '../shell/not-found-page';
import { ErrorNotice } from '../ui/error-notice';
import { Page } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { ConnectionView } from './connection-view';
import { connectionRoute } from './route';

/** One connection: how it is and why, what it reads, and all that can be done to it. */
export default function ConnectionPage() {
  const { id } = connectionRoute.useParams();
  const client = useQueryClient();
  const { data: connection, error, refetch, dataUpdatedAt } = useQuery(connectionQuery(client, id));
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  if (isNoAccess(error)) return <NoAccess error={error} />;
  if (connection) return <ConnectionView key={id} connection={connection} readAt={dataUpdatedAt} />;
  return (
    <Page title="Connection">
      {error ? (
        <ErrorNotice
          error={error}
          what="The connection could not be loaded."
          onRetry={() => void refetch()}
        />
      ) : (
        <Skeleton rows={3} height="7rem" />
      )}
    </Page>
  );
}
