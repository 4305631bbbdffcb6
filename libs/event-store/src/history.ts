import { setTimeout as sleep } from 'node:timers/promises';

import { DomainError, type DomainEvent } from '@connections/event-sourcing';
import type { DataSource } from 'typeorm';

import { eventColumns, fromRow, type EventRow } from './event-row.js';
import type { RecordedEvent } from './recorded-event.js';

/** What a reader of history asks for; positions and versions are exclusive lower bounds. */
export interface HistoryQuery {
  readonly stream?: string;
  readonly aggregate?: string;
  readonly afterVersion?: number;
  readonly afterPosition?: number;
  readonly limit: number;
}

const SETTLE_MS = 5_000;

/** Reads what was recorded: one stream by version, or everything by position. */
export class History {
  constructor(private readonly dataSource: DataSource) {}

  async read(query: HistoryQuery): Promise<RecordedEvent<DomainEvent>[]> {
    const rows: EventRow[] =
      query.stream === undefined
        ? await this.dataSource.query(
            `select ${eventColumns} from events e
             where position > $1 and ($2::text is null or starts_with(stream, $2 || '-'))
             order by position limit $3`,
            [query.afterPosition ?? 0, query.aggregate || null, query.limit],
          )
        : await this.dataSource.query(
            `select ${eventColumns} from events e where stream = $1 and version > $2 order by version limit $3`,
            [query.stream, query.afterVersion ?? 0, query.limit],
          );
    return rows.map((row) => fromRow(row));
  }

  /**
   * A position up to which everything is committed and visible: no transaction in flight can still fill a lower one.
   * Waits for those that were in flight when it was asked (5 s at most, then `unavailable`).
   */
  async settledHead(): Promise<number> {
    // The position is read before the snapshot: what is handed out between the two counts as in flight.
    const [head] = await this.dataSource.query<{ position: number }[]>(
      `select case when is_called then last_value else 0 end::float8 as position from events_position_seq`,
    );
    const [snapshot] = await this.dataSource.query<{ xmax: string }[]>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as xmax',
    );
    for (const start = Date.now(); Date.now() - start < SETTLE_MS; await sleep(10)) {
      const [settled] = await this.dataSource.query<{ done: boolean }[]>(
        'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as done',
        [snapshot?.xmax],
      );
      if (settled?.done) return head?.position ?? 0;
    }
    throw new DomainError('unavailable', 'A long transaction holds back the head of the history. Try again.');
  }
}
