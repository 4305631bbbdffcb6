import type { DataSource, EntityManager } from 'typeorm';

/** Where a consumer is in the stream, per group; kept here and not in the broker, which may forget. */
export interface Cursor {
  /** Owner's position at which a consumer that starts `now` began: what is not above it is history. */
  readonly baseline: number;
  /** Stream sequence of the last message that was dealt with; 0: none yet. */
  readonly sequence: number;
  /** Its event, by which a rolled-back broker is noticed. */
  readonly eventId: string | null;
  /** When the broker stored it; without a message: from when on the stream has to be read. */
  readonly messageAt: Date;
  /** Highest owner's position that was dealt with. */
  readonly position: number;
  /** Set while events above this owner's position have to be fetched from the owner. */
  readonly catchUpFrom: number | null;
}

export interface Place {
  readonly sequence: number;
  readonly eventId: string;
  readonly messageAt: Date;
  readonly position: number;
}

const columns = `baseline::float8 as baseline, sequence::float8 as sequence, event_id as "eventId",
  message_at as "messageAt", position::float8 as position, catch_up_from::float8 as "catchUpFrom"`;

export class ConsumerCursors {
  constructor(private readonly dataSource: DataSource) {}

  async read(consumer: string, group: number): Promise<Cursor | undefined> {
    const [cursor] = await this.dataSource.query<Cursor[]>(
      `select ${columns} from consumer_cursor where consumer = $1 and event_group = $2`,
      [consumer, group],
    );
    return cursor;
  }

  /** First start of a consumer: `baseline` is where it begins, `catchUpFrom` set when history is to be read. */
  async create(consumer: string, group: number, baseline: number, catchUpFrom: number | null): Promise<void> {
    await this.dataSource.query(
      `insert into consumer_cursor (consumer, event_group, baseline, position, catch_up_from, message_at)
       values ($1, $2, $3::bigint, $3::bigint, $4::bigint, clock_timestamp()) on conflict do nothing`,
      [consumer, group, baseline, catchUpFrom],
    );
  }

  /** The baseline that another group of the consumer has already begun at. */
  async baseline(consumer: string): Promise<number | undefined> {
    const [row] = await this.dataSource.query<{ baseline: number }[]>(
      'select baseline::float8 as baseline from consumer_cursor where consumer = $1 limit 1',
      [consumer],
    );
    return row?.baseline;
  }

  /** In the transaction of the effect, or outside for a message that needed none. */
  async move(
    manager: Pick<EntityManager, 'query'>,
    consumer: string,
    group: number,
    place: Place,
  ): Promise<void> {
    await manager.query(
      `update consumer_cursor set sequence = $3::bigint, event_id = $4::uuid, message_at = $5::timestamptz,
         position = greatest(position, $6::bigint)
       where consumer = $1 and event_group = $2`,
      [consumer, group, place.sequence, place.eventId, place.messageAt, place.position],
    );
  }

  moveOutside(consumer: string, group: number, place: Place): Promise<void> {
    return this.move(this.dataSource.manager, consumer, group, place);
  }

  /**
   * The place in the stream is no longer to be trusted: start again by time, and fetch what the stream may not have from
   * the owner.
   */
  async restart(consumer: string, group: number, catchUpFrom: number): Promise<void> {
    await this.dataSource.query(
      `update consumer_cursor set sequence = 0, event_id = null,
         catch_up_from = least(coalesce(catch_up_from, $3::bigint), $3::bigint)
       where consumer = $1 and event_group = $2`,
      [consumer, group, catchUpFrom],
    );
  }

  /**
   * History has been read up to `upTo`; null: to its end, by a reading that was begun at `begun`. What was published
   * before is then known, so a consumer without a message to start behind starts from there.
   */
  async caughtUp(
    consumer: string,
    group: number,
    upTo: number | null,
    position: number,
    begun: Date,
  ): Promise<void> {
    await this.dataSource.query(
      `update consumer_cursor set catch_up_from = $3::bigint, position = greatest(position, $4::bigint),
         message_at = case when $3::bigint is null and sequence = 0 then greatest(message_at, $5) else message_at end
       where consumer = $1 and event_group = $2`,
      [consumer, group, upTo, position, begun],
    );
  }
}
