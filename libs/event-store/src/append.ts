import type { DomainEvent } from '@connections/event-sourcing';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import type { EventMeta } from './command-context.js';
import { dataOf } from './event-row.js';
import { aggregateIdOf, type RecordedEvent } from './recorded-event.js';

const SCHEMA_VERSION = 1;

// `xid` is evaluated before `position` (columns in this order): a transaction that holds a position but has no id yet
// would be invisible to the snapshot by which marks and safe heads know what is still in flight.
const statement = `
  with appended as (
    insert into events (xid, position, id, stream, version, type, schema_version, data, meta)
    select pg_current_xact_id()::text::bigint, nextval('events_position_seq'), id, $1, $2::int + ord::int, type, ${SCHEMA_VERSION}, data, $6
    from unnest($3::uuid[], $4::text[], $5::jsonb[]) with ordinality as new(id, type, data, ord)
    order by ord
    returning position, version, recorded_at
  ), queued as (
    insert into outbox (position) select position from appended
  )
  select position::float8 as position, version,
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at
  from appended order by version`;

/**
 * Writes events after `version` and queues them for the relay. Fails with a unique violation on
 * `events_stream_version` when another transaction was there first.
 */
export async function append<Event extends DomainEvent>(
  manager: EntityManager,
  stream: string,
  version: number,
  events: readonly Event[],
  meta: EventMeta,
): Promise<RecordedEvent<Event>[]> {
  const ids = events.map(() => uuidv7());
  const data = events.map(dataOf);
  const rows = await manager.query<{ position: number; version: number; recorded_at: string }[]>(statement, [
    stream,
    version,
    ids,
    events.map((event) => event.type),
    data.map((value) => JSON.stringify(value)),
    JSON.stringify(meta),
  ]);
  return rows.map(
    (row, index) =>
      ({
        type: events[index]?.type,
        data: data[index],
        id: ids[index],
        position: row.position,
        stream,
        aggregateId: aggregateIdOf(stream),
        version: row.version,
        schemaVersion: SCHEMA_VERSION,
        recordedAt: row.recorded_at,
        meta,
      }) as unknown as RecordedEvent<Event>,
  );
}
