import type { Health, Status } from '@connections/contracts';
import type pg from 'pg';

import { connectionRows, type ConnectionRow } from '../connection/connection-row.js';
import {
  connectionState,
  earliest,
  expiresAt,
  statusExpiresAt,
  type ConnectionState,
} from '../connection/connection-state.js';
import {
  connectionWire,
  statusWire,
  type ConnectionWire,
  type StatusWire,
} from '../connection/connection-wire.js';
import type { ConnectorFacts } from '../connection/connector-facts.js';
import { healthWire, type HealthWire } from '../connection/health-explanation.js';
import { withProgress, type RunProgress } from '../run/run-progress.js';
import { cutPage, type Keyset, type Page } from './keyset.js';
import { summaryWire, type SummaryWire } from './summary.js';

export interface ConnectionFilter {
  /** Any of these; likewise the others. */
  readonly status?: readonly Status[] | undefined;
  readonly health?: readonly Health[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly connectorType?: readonly string[] | undefined;
  /** Part of its name, account or handle, in any case. */
  readonly text?: string | undefined;
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
    private readonly progress?: RunProgress,
  ) {}

  /** One connection with what is derived of it; undefined when the workspace has none of that id. */
  async find(workspaceId: string, id: string): Promise<FoundConnection | undefined> {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection',
      text: `${connectionRows} where c.workspace_id = $1 and c.id = $2`,
      values: [workspaceId, id],
    });
    const [row] = await this.running(rows);
    return row && this.describe(row, Date.now());
  }

  async get(workspaceId: string, id: string): Promise<Perishable<ConnectionWire> | undefined> {
    const found = await this.find(workspaceId, id);
    return found && { value: found.wire, staleAt: expiresAt(found.row, found.state) };
  }

  async status(workspaceId: string, id: string): Promise<Perishable<StatusWire> | undefined> {
    const found = await this.find(workspaceId, id);
    if (!found) return undefined;
    return { value: statusWire(found.row, found.state), staleAt: statusExpiresAt(found.row, found.state) };
  }

  /** Why its health is what it is. */
  async health(workspaceId: string, id: string): Promise<Perishable<HealthWire> | undefined> {
    const found = await this.find(workspaceId, id);
    if (!found) return undefined;
    return {
      value: healthWire(found.row, found.state, this.facts),
      staleAt: expiresAt(found.row, found.state),
    };
  }

  /** Counts over all that the list shows without a filter. */
  async summary(workspaceId: string): Promise<Perishable<SummaryWire>> {
    const now = Date.now();
    const rows = await this.rows(workspaceId, {}, null, undefined);
    const found = rows.map((row) => ({ row, state: connectionState(row, this.facts, now) }));
    return { value: summaryWire(found), staleAt: earliest(...found.map(({ state }) => state.staleAt)) };
  }

  /** The status projections of connections of the workspace, by id: all of them, or those named. */
  async statuses(workspaceId: string, ids: readonly string[] | null): Promise<Map<string, TimedStatus>> {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection-statuses',
      text: `${connectionRows} where c.workspace_id = $1 and ($2::uuid[] is null or c.id = any($2))`,
      values: [workspaceId, ids],
    });
    const shown = await this.running(rows);
    const now = Date.now();
    return new Map(
      shown.map((row) => {
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
      const rows = await this.running(await this.rows(workspaceId, filter, limit + 1, from));
      const matching = rows.map((row) => this.describe(row, now)).filter((one) => matches(one, filter));
      found.push(...matching);
      const last = rows.at(-1);
      if (!last || rows.length <= limit) break;
      from = keysetOf(last);
    }
    const { items, nextCursor } = cutPage(found, limit, ({ row }) => keysetOf(row));
    // With a filter on health, time also moves rows in and out of the page: whichever row turns first ends it.
    return {
      value: { items: items.map(({ wire }) => wire), nextCursor },
      staleAt: earliest(...found.map(({ row, state }) => expiresAt(row, state))),
    };
  }

  private async rows(
    workspaceId: string,
    filter: ConnectionFilter,
    limit: number | null,
    after: Keyset | undefined,
  ) {
    const { rows } = await this.pool.query<ConnectionRow>({
      name: 'connection-page',
      text: `${connectionRows}
        where c.workspace_id = $1
          and ($2::text[] is null or c.category = any($2))
          and ($3::text[] is null or c.connector_type = any($3))
          and ($4::boolean or c.connected_at is not null and (c.disconnected_at is null or c.reconnecting))
          and ($5::timestamptz is null or (c.created_at, c.id) < ($5::timestamptz, $6::uuid))
          and ($8::text is null
            or strpos(lower(concat_ws(e'\\n', c.name, c.account_label, c.handle, c.display_name)), lower($8)) > 0)
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
        filter.text ?? null,
      ],
    });
    return rows;
  }

  /** The rows, those that are syncing with what their runs have written by now. */
  private async running(rows: readonly ConnectionRow[]): Promise<readonly ConnectionRow[]> {
    const runs = rows.flatMap(({ id, running }) =>
      running ? [{ connectionId: id, runId: running.run_id }] : [],
    );
    if (!this.progress || runs.length === 0) return rows;
    const written = await this.progress.written(runs);
    return rows.map((row) =>
      row.running ? { ...row, running: withProgress(row.running, written.get(row.running.run_id)) } : row,
    );
  }

  private describe(row: ConnectionRow, now: number): FoundConnection {
    const state = connectionState(row, this.facts, now);
    return { row, state, wire: connectionWire(row, state, this.facts) };
  }
}

function matches({ state }: FoundConnection, { status, health }: ConnectionFilter): boolean {
  return (status?.includes(state.status) ?? true) && (health?.includes(state.health) ?? true);
}

const keysetOf = (row: ConnectionRow): Keyset => ({ at: row.created_at, id: row.id });
