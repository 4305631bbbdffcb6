import { queryOptions, useQuery } from '@tanstack/react-query';

import { answerOf, api, type Answer } from '../api/client';

export type CatalogEntry = Answer<'connections.list_catalog'>['connectors'][number];
export type Category = CatalogEntry['category'];

export const catalogQuery = queryOptions({
  queryKey: ['catalog'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/platform/v1/connections/catalog', { signal })).then(
      ({ connectors }) => connectors,
    ),
  staleTime: 10 * 60_000,
});

export const categories: readonly (readonly [Category, string])[] = [
  ['crm', 'CRM'],
  ['calls', 'Calls'],
  ['comms', 'Comms'],
  ['docs', 'Docs'],
  ['support', 'Support'],
  ['social', 'Social'],
];

/** The catalog's entry of a type; undefined while the catalog is on its way. */
export function useConnector(type: string | undefined): CatalogEntry | undefined {
  return useQuery(catalogQuery).data?.find((entry) => entry.type === type);
}

/** How a connector is connected, in a word or two. */
export const authWords: Readonly<Record<CatalogEntry['auth_method'], string>> = {
  oauth: 'Sign in and approve',
  api_key: 'API key',
  handle: 'Public handle',
};
