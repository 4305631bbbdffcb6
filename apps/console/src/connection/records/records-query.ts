import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answerOf, api, type Answer } from '../../api/client';
import { keys } from '../../api/connections';

export type StoredRecord = Answer<'connections.list_records'>['records'][number];

const PAGE = 50;

/** Which records are asked for; undefined where it does not matter. */
export interface RecordsFilter {
  readonly stream?: string | undefined;
  readonly find?: string | undefined;
  readonly deleted?: 'exclude' | 'only' | undefined;
}

export const recordsQuery = (id: string, { stream, find, deleted }: RecordsFilter) =>
  infiniteQueryOptions({
    queryKey: keys.part(id, 'records', stream, find, deleted),
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: PAGE,
        ...(stream !== undefined && { stream }),
        ...(find !== undefined && { external_id: find }),
        ...(deleted !== undefined && { deleted }),
        ...(pageParam !== null && { cursor: pageParam }),
      };
      return answerOf(
        api.GET('/api/platform/v1/connections/{id}/records', { params: { path: { id }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });

/** One record by its name in the URL; null where there is none. */
export const recordQuery = (id: string, name: string) => {
  const { stream, externalId } = readRecordName(name);
  return queryOptions({
    queryKey: keys.part(id, 'record', name),
    queryFn: async ({ signal }): Promise<StoredRecord | null> => {
      const query = { stream, external_id: externalId };
      const { records } = await answerOf(
        api.GET('/api/platform/v1/connections/{id}/records', { params: { path: { id }, query }, signal }),
      );
      return records[0] ?? null;
    },
  });
};

/** How an open record is named in the URL. No stream has a colon in its name. */
export const recordName = ({ stream, external_id: externalId }: StoredRecord): string =>
  `${stream}:${externalId}`;

export function readRecordName(name: string): { readonly stream: string; readonly externalId: string } {
  const colon = name.indexOf(':');
  return { stream: name.slice(0, Math.max(0, colon)), externalId: name.slice(colon + 1) };
}
