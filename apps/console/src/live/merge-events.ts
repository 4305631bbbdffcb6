import type { QueryClient } from '@tanstack/react-query';

import {
  connectionQuery,
  keys,
  refreshConnection,
  removeConnection,
  type Connection,
  type ConnectionList,
  type ConnectionStatus,
} from '../api/connections';
import { withStatus } from './with-status';
import { isStatus, type LiveEventType } from './messages';

/** Many events within this time are one change of the screen. */
const GATHER_MS = 50;
/** What events leave out is read after this time, once for all events of a connection in it. */
const REREAD_MS = 1_000;
/** Above so many connections the list is read again instead of each of them. */
const MAX_SINGLE_REREADS = 5;
/** All tabs hear a resync at once; they need not ask at once. */
const RESYNC_JITTER_MS = 2_000;

/**
 * Writes what live events tell into what is kept of the API's answers. An event that says all there is to say, such as a run's
 * progress or its good end, costs no request; a renamed or failed connection is read again.
 */
export class EventMerger {
  private readonly pending = new Map<string, ConnectionStatus>();
  private readonly incomplete = new Set<string>();
  private gathering = false;
  private rereading = false;

  constructor(private readonly client: QueryClient) {}

  take(type: LiveEventType, data: unknown): void {
    switch (type) {
      case 'connection.changed':
      case 'run.changed':
        if (!isStatus(data)) return;
        this.pending.set(data.id, data);
        if (type === 'connection.changed' || !isWell(data)) this.incomplete.add(data.id);
        return this.gather();
      case 'connection.removed':
        return removeConnection(this.client, (data as { id: string }).id);
      case 'access.changed':
        void this.readRightsAgain();
        return;
      case 'resync':
        setTimeout(() => void this.readAgain(), Math.random() * RESYNC_JITTER_MS);
    }
  }

  /** Reads again what is shown of connections: what was missed is not known. */
  async readAgain(): Promise<void> {
    await this.client.invalidateQueries({
      predicate: ({ queryKey: [first] }) => first === 'connections' || first === 'connection',
    });
  }

  /** Reads again what the caller may do, and what only some may see. */
  async readRightsAgain(): Promise<void> {
    await this.client.invalidateQueries({ predicate: ({ queryKey }) => isOfAccess(queryKey[0]) });
  }

  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    setTimeout(() => {
      this.gathering = false;
      this.merge();
    }, GATHER_MS);
  }

  private merge(): void {
    const statuses = new Map(this.pending);
    this.pending.clear();
    const known = new Set<string>();
    const merged = <Item extends Connection>(item: Item): Item => {
      const status = statuses.get(item.id);
      if (!status) return item;
      known.add(item.id);
      return withStatus(item, status);
    };
    for (const which of ['present', 'disconnected'] as const) {
      this.client.setQueryData<ConnectionList>(
        keys.list(which),
        (list) => list && { ...list, items: list.items.map(merged) },
      );
    }
    for (const [id, { is_syncing: isSyncing }] of statuses) {
      this.client.setQueryData<Connection>(keys.one(id), (one) => one && merged(one));
      if (!known.has(id)) this.incomplete.add(id);
      // A run that ended changed its streams, its history and what the page below shows of them.
      if (!isSyncing && this.isLookedAt(id)) this.incomplete.add(id);
    }
    if (this.incomplete.size > 0) this.reread();
  }

  private reread(): void {
    if (this.rereading) return;
    this.rereading = true;
    setTimeout(() => {
      this.rereading = false;
      const ids = [...this.incomplete];
      this.incomplete.clear();
      const looked = ids.filter((id) => this.isLookedAt(id));
      for (const id of looked) void refreshConnection(this.client, id);
      const others = ids.filter((id) => !looked.includes(id));
      if (others.length > MAX_SINGLE_REREADS) {
        void this.client.invalidateQueries({ queryKey: keys.all });
        return;
      }
      for (const id of others) {
        const query = { ...connectionQuery(this.client, id), staleTime: 0 };
        this.client.fetchQuery(query).catch(() => undefined); // gone meanwhile, or shown as old by its own page
      }
    }, REREAD_MS);
  }

  /** Whether the connection's own page is on the screen. */
  private isLookedAt(id: string): boolean {
    return (
      this.client
        .getQueryCache()
        .find({ queryKey: keys.one(id) })
        ?.isActive() === true
    );
  }
}

const isWell = ({ health }: ConnectionStatus): boolean => health === 'healthy' || health === 'syncing';

const isOfAccess = (first: unknown): boolean =>
  first === 'me' || first === 'operations' || first === 'members' || first === 'settings';
