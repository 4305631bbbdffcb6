import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';

import { answerOf, api } from '../api/client';
import { keys, refreshConnection, type Connection } from '../api/connections';
import { notify, notifyError } from '../ui/notices';

const at = (id: string) => ({ params: { path: { id } } });

/** After a write: what it changed is read again, everywhere it is shown. */
async function afterWrite(client: QueryClient, id: string): Promise<void> {
  await Promise.all([
    refreshConnection(client, id),
    client.invalidateQueries({ queryKey: keys.all, refetchType: 'active' }),
  ]);
}

/** What can be done to a connection with one press; how it went is said in a corner of the page. */
export function useConnectionActions({ id, name }: Pick<Connection, 'id' | 'name'>) {
  const client = useQueryClient();
  const after = () => afterWrite(client, id);

  const sync = useMutation({
    mutationFn: () => answerOf(api.POST('/api/platform/v1/connections/{id}/sync', at(id))),
    onSuccess: ({ mode }) => {
      notify(mode === 'already_syncing' ? `${name} is syncing already.` : `Sync of ${name} started.`);
      return after();
    },
    onError: (error) => notifyError(`${name} does not sync.`, error),
  });
  const pause = useMutation({
    mutationFn: () => answerOf(api.POST('/api/platform/v1/connections/{id}/pause', at(id))),
    onSuccess: () => {
      notify(`${name} is paused. A sync that is running finishes; none is scheduled.`);
      return after();
    },
    onError: (error) => notifyError(`${name} is not paused.`, error),
  });
  const resume = useMutation({
    mutationFn: () => answerOf(api.POST('/api/platform/v1/connections/{id}/resume', at(id))),
    onSuccess: () => {
      notify(`${name} is resumed.`);
      return after();
    },
    onError: (error) => notifyError(`${name} is not resumed.`, error),
  });
  return { sync, pause, resume };
}

/** Renames a connection or sets its owner; null clears the owner. Faults are the form's to show. */
export function useUpdateConnection(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; owner_user_id?: string | null }) =>
      answerOf(api.PATCH('/api/platform/v1/connections/{id}', { ...at(id), body })),
    onSuccess: () => afterWrite(client, id),
  });
}

export function useDisconnect(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/platform/v1/connections/{id}', at(id))),
    onSuccess: () => afterWrite(client, id),
  });
}

/**
 * Restores a connection in place: with a new key, or by the provider's consent, to which the browser then goes. Faults are the
 * caller's to show.
 */
export function useReconnect({ id, name }: Pick<Connection, 'id' | 'name'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body?: { api_key: string }) =>
      answerOf(api.POST('/api/platform/v1/connections/{id}/reconnect', { ...at(id), ...(body && { body }) })),
    onSuccess: ({ mode, authorize_url: url }) => {
      if (mode === 'oauth_redirect' && url !== undefined) return location.assign(url);
      notify(`${name} is connected again and syncs.`);
      return afterWrite(client, id);
    },
  });
}
