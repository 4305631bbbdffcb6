import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';

import { answerOf, api, type Answer } from './client';

export type Me = Answer<'me.get'>;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/platform/v1/me', { signal })),
  staleTime: 60_000,
});

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal }) => {
    const { operations } = await answerOf(api.GET('/api/platform/v1/operations', { signal }));
    return new Set(operations.map(({ id }) => id));
  },
  staleTime: 60_000,
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/platform/v1/members', { signal })),
  staleTime: 60_000,
});

export type Member = Answer<'members.list'>['members'][number];

/** Who is signed in. Below the shell only, which has loaded it. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether the caller can call an operation now, as `GET /operations` tells it, by id such as `connections.connect`. */
export function useCan(): (operation: string) => boolean {
  const { data } = useQuery(operationsQuery);
  return (operation) => data?.has(operation) ?? false;
}

/** Who can grant what the caller lacks: the workspace's admins by name, in one phrase. */
export function useAdmins(): string {
  const { data } = useQuery(membersQuery);
  const names = (data?.members ?? []).filter(({ role }) => role === 'admin').map(({ name }) => name);
  if (names.length === 0) return 'an admin of this workspace';
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names.slice(0, 3));
}
