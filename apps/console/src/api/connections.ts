import { queryOptions, type QueryClient } from '@tanstack/react-query';

import { answerOf, api, type Answer } from './client';

export type Connection = Answer<'connections.get'>;
export type ConnectionStatus = Answer<'connections.get_status'>;
export type Run = Answer<'connections.list_runs'>['runs'][number];
export type RunDetail = Answer<'connections.get_run'>;

/** Rows of one request; the API's own limit. */
const PAGE = 200;
/** All that is there, first approvals that are still open included; the disconnected are asked for apart. */
const PRESENT = 'pending,connected,syncing,paused,error';

/** Keys of everything that is kept of connections: what is below `one(id)` concerns that connection. */
export const keys = {
  all: ['connections'] as const,
  list: (which: Which) => ['connections', 'list', which] as const,
  one: (id: string) => ['connection', id] as const,
  part: (id: string, part: string, ...rest: readonly unknown[]) => ['connection', id, part, ...rest] as const,
};

export type Which = 'present' | 'disconnected';

/** Connections in the API's order, newest first. `complete` is false while further pages are on their way. */
export interface ConnectionList {
  readonly items: readonly Connection[];
  readonly complete: boolean;
}

/**
 * All connections of the workspace, read page by page and shown from the first one on. Filters, search and counts are made
 * of them here, so that they follow the live events without asking again.
 */
export const connectionsQuery = (client: QueryClient, which: Which = 'present') =>
  queryOptions({
    queryKey: keys.list(which),
    queryFn: async ({ signal }): Promise<ConnectionList> => {
      const status = which === 'disconnected' ? 'disconnected' : PRESENT;
      const shown = client.getQueryData<ConnectionList>(keys.list(which))?.complete === true;
      const items: Connection[] = [];
      let cursor: string | undefined;
      for (;;) {
        const query = { status, limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = await answerOf(api.GET('/api/platform/v1/connections', { params: { query }, signal }));
        items.push(...page.connections);
        cursor = page.next_cursor ?? undefined;
        if (cursor === undefined) break;
        // Not over a complete older list: rows would vanish and come back.
        if (!shown) client.setQueryData(keys.list(which), { items: [...items], complete: false });
      }
      for (const connection of items) client.setQueryData(keys.one(connection.id), connection);
      return { items, complete: true };
    },
    staleTime: 60_000,
  });

/** One connection, shown at once where the list knows it. */
export const connectionQuery = (client: QueryClient, id: string) =>
  queryOptions<Connection, Error, Connection, ReturnType<typeof keys.one>>({
    queryKey: keys.one(id),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/platform/v1/connections/{id}', { params: { path: { id } }, signal })).then(
        (connection) => {
          putIntoLists(client, connection);
          return connection;
        },
      ),
    placeholderData: () => inLists(client, id),
    staleTime: 30_000,
  });

function inLists(client: QueryClient, id: string): Connection | undefined {
  for (const which of ['present', 'disconnected'] as const) {
    const found = client
      .getQueryData<ConnectionList>(keys.list(which))
      ?.items.find((connection) => connection.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Keeps a connection that was read or written alone: the list and its own page show the same. */
export function putConnection(client: QueryClient, connection: Connection): void {
  client.setQueryData(keys.one(connection.id), connection);
  putIntoLists(client, connection);
}

function putIntoLists(client: QueryClient, connection: Connection): void {
  const belongs: Which = connection.status === 'disconnected' ? 'disconnected' : 'present';
  for (const which of ['present', 'disconnected'] as const) {
    client.setQueryData<ConnectionList>(keys.list(which), (list) => {
      if (!list) return list;
      const others = list.items.filter(({ id }) => id !== connection.id);
      if (which !== belongs) return others.length === list.items.length ? list : { ...list, items: others };
      if (others.length === list.items.length)
        return { ...list, items: inOrder([...list.items, connection]) };
      return { ...list, items: list.items.map((item) => (item.id === connection.id ? connection : item)) };
    });
  }
}

const inOrder = (items: Connection[]): Connection[] =>
  items.sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));

/** Takes a discarded connection out of everything that is kept. */
export function removeConnection(client: QueryClient, id: string): void {
  for (const which of ['present', 'disconnected'] as const) {
    client.setQueryData<ConnectionList>(
      keys.list(which),
      (list) => list && { ...list, items: list.items.filter((item) => item.id !== id) },
    );
  }
  void client.invalidateQueries({ queryKey: keys.one(id) });
}

/** Reads everything of a connection again that is on the screen, after a write or an event that says no more. */
export const refreshConnection = (client: QueryClient, id: string): Promise<void> =>
  client.invalidateQueries({ queryKey: keys.one(id) });
