import { decode, encode, eventSchema } from '@connections/contracts';
import type { DomainEvent } from '@connections/event-sourcing';

import type { EventMeta } from './command-context.js';
import { aggregateIdOf, type RecordedEvent } from './recorded-event.js';

/** One row of `events` as {@link eventColumns} selects it. */
export interface EventRow {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly recorded_at: string;
  readonly data: object;
  readonly meta: EventMeta;
}

/** `position` as a float: node-postgres gives bigint as text, and 2^53 events are not in sight. */
export const eventColumns = `e.id, e.position::float8 as position, e.stream, e.version, e.type, e.schema_version,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at, e.data, e.meta`;

/** Reads stored data through its message, so that fields which a newer build added have their defaults. */
export function fromRow<Event extends DomainEvent>(row: EventRow): RecordedEvent<Event> {
  const schema = eventSchema(row.type);
  return {
    type: row.type,
    data: schema ? decode(schema, row.data) : row.data,
    id: row.id,
    position: row.position,
    stream: row.stream,
    aggregateId: aggregateIdOf(row.stream),
    version: row.version,
    schemaVersion: row.schema_version,
    recordedAt: row.recorded_at,
    meta: row.meta,
  } as unknown as RecordedEvent<Event>;
}

/** Checks an event against its message before it is written for ever. Throws on an unknown type or a wrong field. */
export function dataOf(event: DomainEvent): object {
  const schema = eventSchema(event.type);
  if (!schema) throw new Error(`event type ${event.type} has no message in proto/`);
  return encode(schema, event.data as never);
}
