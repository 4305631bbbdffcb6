import type { DataSource, EntityManager } from 'typeorm';

/** What a consumer knows of one stream. */
export interface ConsumerPosition {
  /** Version of the last event that was handled. */
  readonly version: number;
  /** Retries of the next event so far. */
  readonly attempts: number;
  /** A failed event is tried again at a time; later ones of the stream wait behind it. */
  readonly retrying: boolean;
  /** A poisonous event holds the stream until somebody replays it. */
  readonly parked: boolean;
}

export interface Parked {
  readonly consumer: string;
  readonly stream: string;
  /** Version of the event that is in the way. */
  readonly version: number;
  readonly reason: string;
  readonly parkedAt: string;
}

/** `consumer_position`: the last version per consumer and stream, written in the transaction of the effect. */
export class Inbox {
  constructor(private readonly dataSource: DataSource) {}

  async position(consumer: string, stream: string): Promise<ConsumerPosition | undefined> {
    const [row] = await this.dataSource.query<ConsumerPosition[]>(
      `select version, attempts, retry_at is not null as retrying, parked_at is not null as parked
       from consumer_position where consumer = $1 and stream = $2`,
      [consumer, stream],
    );
    return row;
  }

  /**
   * First statement of a handler's transaction: moves from `last` (undefined: no row yet) to `version` and holds the row.
   * False when another process has moved it since it was read: nothing may be done then.
   */
  async advance(
    manager: EntityManager,
    consumer: string,
    stream: string,
    last: number | undefined,
    version: number,
  ): Promise<boolean> {
    const rows =
      last === undefined
        ? await manager.query<unknown[]>(
            `insert into consumer_position (consumer, stream, version) values ($1, $2, $3)
             on conflict do nothing returning 1`,
            [consumer, stream, version],
          )
        : await manager
            .query<[unknown[], number]>(
              `update consumer_position set version = $3, attempts = 0, retry_at = null, reason = null
             where consumer = $1 and stream = $2 and version = $4 and parked_at is null returning 1`,
              [consumer, stream, version, last],
            )
            .then(([updated]) => updated);
    return rows.length > 0;
  }

  /** The event after `last` failed: it is tried again in `delayMs`, and later ones of the stream wait. */
  async retryLater(
    consumer: string,
    stream: string,
    last: number,
    failure: { readonly delayMs: number; readonly counts: boolean; readonly reason: string },
  ): Promise<void> {
    await this.dataSource.query(
      `insert into consumer_position (consumer, stream, version, attempts, retry_at, reason)
       values ($1, $2, $3, $5::int, clock_timestamp() + $4 * interval '1 millisecond', $6)
       on conflict (consumer, stream) do update
       set attempts = consumer_position.attempts + $5::int, retry_at = excluded.retry_at, reason = excluded.reason
       where consumer_position.version = $3 and consumer_position.parked_at is null`,
      [consumer, stream, last, failure.delayMs, failure.counts ? 1 : 0, failure.reason],
    );
  }

  /** The event after `last` is poison: the stream waits until somebody replays it. */
  async park(consumer: string, stream: string, last: number, reason: string): Promise<void> {
    await this.dataSource.query(
      `insert into consumer_position (consumer, stream, version, parked_at, reason)
       values ($1, $2, $3, clock_timestamp(), $4)
       on conflict (consumer, stream) do update
       set parked_at = excluded.parked_at, retry_at = null, reason = excluded.reason
       where consumer_position.version = $3`,
      [consumer, stream, last, reason],
    );
  }

  /**
   * The stream has nothing left behind its failed event, the one after `last` (its history was purged): it no longer waits.
   * What came meanwhile has been let wait, so the caller looks for it once more.
   */
  async settle(consumer: string, stream: string, last: number): Promise<void> {
    await this.dataSource.query(
      `update consumer_position set attempts = 0, retry_at = null, reason = null
       where consumer = $1 and stream = $2 and version = $3 and parked_at is null`,
      [consumer, stream, last],
    );
  }

  /** Streams whose failed event is due again, longest overdue first. */
  async due(limit: number): Promise<{ consumer: string; stream: string }[]> {
    return this.dataSource.query(
      `select consumer, stream from consumer_position where retry_at <= clock_timestamp() order by retry_at limit $1`,
      [limit],
    );
  }

  /** Turns parked streams into ones that are due now. Absent arguments mean all. Returns the consumers concerned. */
  async replay(consumer?: string, stream?: string): Promise<string[]> {
    const [rows] = await this.dataSource.query<[{ consumer: string }[], number]>(
      `update consumer_position set parked_at = null, attempts = 0, retry_at = clock_timestamp()
       where parked_at is not null and ($1::text is null or consumer = $1) and ($2::text is null or stream = $2)
       returning consumer`,
      [consumer ?? null, stream ?? null],
    );
    return rows.map((row) => row.consumer);
  }

  async parked(limit = 100): Promise<Parked[]> {
    return this.dataSource.query<Parked[]>(
      `select consumer, stream, version + 1 as version, reason,
         to_char(parked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "parkedAt"
       from consumer_position where parked_at is not null order by parked_at limit $1`,
      [limit],
    );
  }
}
