import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';

import type { ConnectionSearch } from './connection-search';

export const connectionRoute = getRouteApi('/signed-in/connections/$id');

/** Changes what a connection's page keeps in the URL, and leaves the rest and the place on the page as they are. */
export function useSetSearch(): (change: ConnectionSearch, options?: { readonly replace?: boolean }) => void {
  const navigate = connectionRoute.useNavigate();
  return useCallback(
    (change, { replace = false } = {}) => {
      void navigate({ search: (search) => ({ ...search, ...change }), replace, resetScroll: false });
    },
    [navigate],
  );
}
