import { Injectable } from '@nestjs/common';

import { eventColumns, fromRow, type EventRow } from './event-row.js';
import type { RecordedEvent } from './recorded-event.js';
import { Session } from './session.js';

/** A point of the stream that the relay knows to hold an event of ours. */
export interface Mark {
  readonly number: number;
  /** Stream sequence of the message; 0: before the first. */
  readonly sequence: number;
  /** Absent in the baseline only. */
  readonly event_id: string | null;
  readonly marked_at: Date;
}

/** What was published last: the newest mark after a batch. */
export interface Published {
  readonly positions: readonly number[];
  readonly sequence: number;
  readonly eventId: string;
}

const markColumns = 'number::float8 as number, sequence::float8 as sequence, event_id, marked_at';
/** The stream keeps events for three days; older marks only serve as the floor of a refill. */
const KEEP_MARKS = '7 days';
/** Positions looked at in one statement of a refill. */
const REFILL_WINDOW = 20_000;

/**
 * The relay's side of the database. Everything runs on the session that holds the relay's lock: once a frozen relay
 * has been evicted, none of its writes can succeed.
 */
@Injectable()
export class Outbox {
  constructor(private readonly session: Session) {}

  /** The events that are queued, by position. Entries whose event was purged are dropped on the way. */
  async take(limit: number): Promise<RecordedEvent[]> {
    const rows = await this.session.query<EventRow & { queued: number }>(
      `select o.position::float8 as queued, ${eventColumns}
       from (select position from outbox order by position limit $1) o left join events e on e.position = o.position
       order by o.position`,
      [limit],
    );
    const purged = rows.filter((row) => row.id === null).map((row) => row.queued);
    if (purged.length > 0) {
      await this.session.query('delete from outbox where position = any($1::bigint[])', [purged]);
    }
    return rows.filter((row) => row.id !== null).map((row) => fromRow(row));
  }

  /**
   * Removes what the stream acknowledged and moves the newest mark there, in one statement. A mark is kept for good
   * every 1,000 events or minute; until then the newest one is moved.
   *
   * `position` and `horizon` bound what the stream may not hold up to this sequence: what is queued now, and what this
   * snapshot cannot see yet.
   */
  async settle(published: Published): Promise<void> {
    await this.session.query(
      `with settled as (
         delete from outbox where position = any($1::bigint[])
       ), state as (
         select coalesce(
             (select min(position) from outbox where position <> all($1::bigint[])),
             (select max(position) + 1 from events), 0) as position,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon
       ), newest as (
         select * from relay_mark order by number desc limit 1
       ), moved as (
         update relay_mark m set sequence = $2, event_id = $3, position = state.position, horizon = state.horizon,
           published = m.published + cardinality($1::bigint[]), marked_at = clock_timestamp()
         from newest, state
         where m.number = newest.number and m.event_id is not null
           and newest.published < 1000 and newest.opened_at > clock_timestamp() - interval '1 minute'
         returning 1
       )
       insert into relay_mark (sequence, event_id, position, horizon)
       select $2, $3, position, horizon from state where not exists (select from moved)`,
      [published.positions, published.sequence, published.eventId],
    );
  }

  /** Removes what the stream acknowledged without moving the mark. */
  async discard(positions: readonly number[]): Promise<void> {
    await this.session.query('delete from outbox where position = any($1::bigint[])', [positions]);
  }

  /** Newest first. */
  async marks(limit: number, below = Number.MAX_SAFE_INTEGER): Promise<Mark[]> {
    return this.session.query<Mark>(
      `select ${markColumns} from relay_mark where number < $2 order by number desc limit $1`,
      [limit, below],
    );
  }

  /**
   * Queues everything that the stream may not hold up to the mark `number` again, and then forgets the marks after it.
   * Returns how many events were queued. It goes in short statements: the session must be able to say that it lives.
   */
  async refill(number: number): Promise<number> {
    const [head] = await this.session.query<{ position: number }>(
      'select coalesce(max(position), 0)::float8 as position from events',
    );
    let queued = 0;
    for (let after = 0; after < (head?.position ?? 0); after += REFILL_WINDOW) {
      const [window] = await this.session.query<{ queued: number }>(
        `with queued as (
           insert into outbox (position)
           select e.position from events e, relay_mark m
           where e.position > $2::bigint and e.position <= $3::bigint and m.number = $1
             and (e.position >= m.position or e.xid >= m.horizon)
           on conflict do nothing returning 1
         )
         select count(*)::int as queued from queued`,
        [number, after, after + REFILL_WINDOW],
      );
      queued += window?.queued ?? 0;
    }
    await this.session.query('delete from relay_mark where number > $1', [number]);
    return queued;
  }

  /** Age in seconds of the oldest entry, and how many there are. */
  async backlog(): Promise<{ waiting: number; oldestSeconds: number }> {
    const [row] = await this.session.query<{ waiting: number; oldest: number }>(
      `select count(*)::int as waiting,
         coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float8 as oldest
       from (select queued_at from outbox order by position limit 10000) o`,
    );
    return { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldest ?? 0 };
  }

  /** Forgets old marks (the newest of them stays, as the floor of a refill) and answers that nobody asks for again. */
  async sweep(): Promise<void> {
    await this.session.query(
      `delete from relay_mark where number < (
         select max(number) from relay_mark where marked_at < clock_timestamp() - interval '${KEEP_MARKS}')`,
    );
    await this.session.query(`delete from answers where created_at < now() - interval '2 days'`);
  }
}
