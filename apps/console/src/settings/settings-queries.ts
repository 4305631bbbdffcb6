import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { answerOf, api, type Answer } from '../api/client';

/** Keys begin with `settings`: when the caller's own rights change, all of it is read again. */
export const appsQuery = queryOptions({
  queryKey: ['settings', 'apps'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/platform/v1/settings/apps', { signal })),
});

export type AccessPolicy = NonNullable<Answer<'settings.get_access'>['connections']>;
export type Level = AccessPolicy['roles']['viewer'];
export type Role = keyof AccessPolicy['roles'];

export const roles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];
export const levels = ['hidden', 'read', 'write'] as const satisfies readonly Level[];

export const accessQuery = queryOptions({
  queryKey: ['settings', 'access'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/platform/v1/settings/access', { signal })).then(({ connections }) => connections),
});

export type ApiKey = Answer<'api_keys.list'>['api_keys'][number];

export const apiKeysQuery = queryOptions({
  queryKey: ['settings', 'api-keys'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/platform/v1/api-keys', { signal })).then(({ api_keys: keys }) => keys),
});

/** A write after which what a workspace's settings show is read again, and what the caller may do. */
export function useSettingsWrite<Input, Output>(write: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [first] }) =>
          first === 'settings' || first === 'members' || first === 'me' || first === 'operations',
      }),
  });
}

export const useSwitchApp = () =>
  useSettingsWrite((enabled: boolean) =>
    answerOf(api.PUT('/api/platform/v1/settings/apps/connections', { body: { enabled } })),
  );
