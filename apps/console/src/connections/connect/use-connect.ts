import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { answerOf, api } from '../../api/client';
import { keys } from '../../api/connections';
import type { CatalogEntry } from '../../connectors/catalog';
import { notify } from '../../ui/notices';

export interface ConnectFields {
  readonly name?: string;
  readonly api_key?: string;
  readonly account_handle?: string;
}

/**
 * Connects a source and says what happened: a new row is in the list when this is done, an existing one is shown, and to a
 * provider's consent the browser goes. Faults are the form's to show.
 */
export function useConnect({ type, name }: Pick<CatalogEntry, 'type' | 'name'>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (fields: ConnectFields) =>
      answerOf(
        api.POST('/api/platform/v1/connections', { body: { connector_type: type, ...fields } as never }),
      ),
    onSuccess: async ({ mode, connection, authorize_url: url }) => {
      if (mode === 'oauth_redirect' && url !== undefined) {
        location.assign(url);
        // The page goes: until it does, the button stays busy.
        return new Promise(() => undefined);
      }
      await client.invalidateQueries({ queryKey: keys.all });
      if (mode === 'already_connected') {
        notify(`${name} is connected already: this is the connection.`);
        return navigate({ to: '/connections/$id', params: { id: connection.id } });
      }
      notify(`${name} is connected. The first sync has begun.`);
    },
  });
}
