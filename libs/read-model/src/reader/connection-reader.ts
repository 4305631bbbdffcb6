import type { Health, Status } from '@connections/contracts';
import type pg from 'pg';

import { connectionRows, type ConnectionRow } from '../connection/connection-row.js';
import { connectionState, type ConnectionState } from '../connection/connection-state.js';
import {
  connectionWire,
  statusWire,
  type ConnectionWire,
  type StatusWire,
} from '../connection/connection-wire.js';
import type { ConnectorFacts } from '../connection/connector-facts.js';
import { cutPage, type Keyset, type Page } from './keyset.js';

export interface ConnectionFilter {
  readonly status?: Status | undefined;
  readonly health?: Health | undefined;
  readonly category?: string | undefined;
  readonly connectorType?: string | undefined;
}

/** An answer and the time (epoch milliseconds) at which the clock alone makes it untrue; null: never. */
export interface Perishable<T> {
  readonly value: T;
  readonly staleAt: number | null;
}

/** A status projection with the moments at which time alone turns, or turned, it stale; epoch milliseconds. */
export interface TimedStatus {
  readonly value: StatusWire;
  readonly staleAt: number | null;
  readonly staleSince: number | null;
}

export interface FoundConnection {
  readonly row: ConnectionRow;
  readonly state: ConnectionState;
  readonly wire: ConnectionWire;
}

/** Reads connections as they are shown. Ids must be UUIDs. */
export class ConnectionReader {
  constructor(
    private readonly pool: pg.Pool,
    private readonly facts: ConnectorFacts,
  ) {}

  /** One connection with what is derived of it; undefined when the workspace has none of that id. */
  async find(workspaceId: string, id: string): Promise<FoundConnection | undefined> {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection',
      text: `${connectionRows} where c.workspace_id = $1 and c.id = $2`,
      values: [workspaceId, id],
    });
    return rows[0] && this.describe(rows[0], Date.now());
  }

  async get(workspaceId: string, id: string): Promise<Perishable<ConnectionWire> | undefined> {
    const found = await this.find(workspaceId, id);
    return found && { value: found.wire, staleAt: found.state.staleAt };
  }

  async status(workspaceId: string, id: string): Promise<Perishable<StatusWire> | undefined> {
    const found = await this.find(workspaceId, id);
    return found && { value: statusWire(found.row, found.state), staleAt: found.state.staleAt };
  }

  /** The status projections of connections of the workspace, by id: all of them, or those named. */
  async statuses(workspaceId: string, ids: readonly string[] | null): Promise<Map<string, TimedStatus>> {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection-statuses',
      text: `${connectionRows} where c.workspace_id = $1 and ($2::uuid[] is null or c.id = any($2))`,
      values: [workspaceId, ids],
    });
    const now = Date.now();
    return new Map(
      rows.map((row) => {
        const { state } = this.describe(row, now);
        const { staleAt, staleSince } = state;
        return [row.id, { value: statusWire(row, state), staleAt, staleSince }];
      }),
    );
  }

  /**
   * A page, newest first. Status and health are derived, so they filter here and not in SQL: what they mean is written
   * once. Rows that are disconnected or were never approved appear only to a filter on status or health.
   */
  async page(
    workspaceId: string,
    filter: ConnectionFilter,
    limit: number,
    after: Keyset | undefined,
  ): Promise<Perishable<Page<ConnectionWire>>> {
    const now = Date.now();
    const found: FoundConnection[] = [];
    for (let from = after; found.length <= limit;) {
      const rows = await this.rows(workspaceId, filter, limit + 1, from);
      const matching = rows.map((row) => this.describe(row, now)).filter((one) => matches(one, filter));
      found.push(...matching);
      const last = rows.at(-1);
      if (!last || rows.length <= limit) break;
      from = keysetOf(last);
    }
    const { items, nextCursor } = cutPage(found, limit, ({ row }) => keysetOf(row));
    // With a filter on health, time also moves rows in and out of the page: whichever row turns first ends it.
    const perishing = found.map(({ state }) => state.staleAt).filter((at) => at !== null);
    return {
      value: { items: items.map(({ wire }) => wire), nextCursor },
      staleAt: perishing.length > 0 ? Math.min(...perishing) : null,
    };
  }

  private async rows(
    workspaceId: string,
    filter: ConnectionFilter,
    limit: number,
    after: Keyset | undefined,
  ) {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection-page',
      text: `${connectionRows}
        where c.workspace_id = $1
          and ($2::text is null or c.category = $2)
          and ($3::text is null or c.connector_type = $3)
          and ($4::boolean or c.connected_at is not null and (c.disconnected_at is null or c.reconnecting))
          and ($5::timestamptz is null or (c.created_at, c.id) < ($5::timestamptz, $6::uuid))
        order by c.created_at desc, c.id desc
        limit $7`,
      values: [
        workspaceId,
        filter.category ?? null,
        filter.connectorType ?? null,
        filter.status !== undefined || filter.health !== undefined,
        after?.at ?? null,
        after?.id ?? null,
        limit,
      ],
    });
    return rows;
  }

  private describe(row: ConnectionRow, now: number): FoundConnection {
    const state = connectionState(row, this.facts, now);
    return { row, state, wire: connectionWire(row, state, this.facts) };
  }
}

function matches({ state }: FoundConnection, { status, health }: ConnectionFilter): boolean {
  return (
    (status === undefined || state.status === status) && (health === undefined || state.health === health)
  );
}

const keysetOf = (row: ConnectionRow): Keyset => ({ at: row.created_at, id: row.id });
