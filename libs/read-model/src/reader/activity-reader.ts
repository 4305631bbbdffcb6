import type pg from 'pg';

import { activityWire, type ActivityRow, type ActivityWire } from '../activity/activity-wire.js';
import type { ConnectionRow } from '../connection/connection-row.js';
import type { ConnectorFacts } from '../connection/connector-facts.js';
import { cutPage, type Keyset, type Page } from './keyset.js';

/**
 * The newest of both tables below the keyset, then the newest of these. Ids of events are UUIDs and those of runs begin with
 * `run_`, so that the order among them is the same in every collation.
 */
const ENTRIES = `
  select * from (
    (select a.at, a.event_id as id, a.type, a.actor, a.data, a.version
     from activity_view a
     where a.connection_id = $2 and (a.at, a.event_id) < ($3::timestamptz, $4::text)
     order by a.at desc, a.event_id desc limit $5)
    union all
    (select r.finished_at, r.run_id, 'SyncRunFinished', null, jsonb_strip_nulls(jsonb_build_object(
       'status', r.status, 'total', r.streams_total, 'failed', r.streams_failed, 'written', r.records_written,
       'stopped', r.streams @> '[{"status": "stopped"}]', 'traceId', r.trace_id
     )) || jsonb_build_object('reason', r.error_reason), null
     from run_view r
     where r.connection_id = $2 and r.status in ('completed', 'failed', 'partial')
       and (r.finished_at, r.run_id) < ($3::timestamptz, $4::text)
     order by r.finished_at desc, r.run_id desc limit $5)
  ) both_tables order by at desc, id desc limit $5`;

/** A rename tells the new name only: the one before is that of the latest event below it that named one. */
const PREVIOUS_NAME = `
  select p.data ->> 'name' from activity_view p
  where p.connection_id = $2 and p.version < e.version and p.data ? 'name' order by p.version desc limit 1`;

/** Reads what happened to a connection; the caller has made sure that the connection is the workspace's. */
export class ActivityReader {
  constructor(
    private readonly pool: pg.Pool,
    private readonly facts: ConnectorFacts,
  ) {}

  /** Newest first. */
  async page(
    connection: ConnectionRow,
    limit: number,
    after: Keyset | undefined,
  ): Promise<Page<ActivityWire>> {
    const { rows } = await this.pool.query<ActivityRow>({
      name: 'activity-page',
      text: `select e.at, e.id, e.type, e.actor, e.data, who.name as actor_name, owner.name as owner_name,
          case when e.type = 'ConnectionRenamed' then (${PREVIOUS_NAME}) end as previous_name
        from (${ENTRIES}) e
        left join member_view who on who.workspace_id = $1 and who.user_id = e.actor
        left join member_view owner on owner.workspace_id = $1 and owner.user_id = (e.data ->> 'ownerUserId')::uuid
        order by e.at desc, e.id desc`,
      values: [connection.workspace_id, connection.id, after?.at ?? 'infinity', after?.id ?? '', limit + 1],
    });
    const { items, nextCursor } = cutPage(rows, limit, ({ at, id }) => ({ at, id }));
    const context = {
      connector: this.facts.name(connection.connector_type),
      authMethod: connection.auth_method,
    };
    return { items: items.map((row) => activityWire(row, context)), nextCursor };
  }
}
