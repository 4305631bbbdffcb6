import { Logger } from '@nestjs/common';
import pg from 'pg';

import { isDatabaseAway } from './database-errors.js';

const TICK_MS = 1_000;
const RECONNECT_MS = 500;
/** A query of the session that takes longer means that the server, or the way to it, is gone. */
const QUERY_TIMEOUT_MS = 10_000;
/** A session that has not stamped for so long is frozen: its locks are taken from it. */
const FROZEN_AFTER = '10 seconds';

interface Wanted {
  readonly name: string;
  held: boolean;
  /** Another session has it. */
  denied: boolean;
  readonly onAcquired: () => void;
  readonly onLost: () => void;
}

/** A wish for a lock that one process holds at a time. */
export interface SessionLock {
  readonly held: boolean;
  /** Another process has it; false, too, while nobody was asked yet. */
  readonly standingBy: boolean;
  /** Gives the lock, or the wish for it, back. */
  release(): Promise<void>;
}

export class SessionLost extends Error {
  override readonly name = 'SessionLost';
}

/**
 * A service's one dedicated connection. Its session advisory locks say which process does what exists once: they go
 * with the connection, so a dead process holds none, and a frozen one is evicted by whoever waits.
 */
export class Session {
  private readonly logger = new Logger('Session');
  private readonly wanted = new Map<string, Wanted>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private turn: Promise<void> = Promise.resolve();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Connects, and goes on connecting whenever the connection is lost. Throws when the first attempt fails. */
  async start(): Promise<void> {
    await this.connect();
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  /** Ends the connection, and so gives back every lock. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.turn;
    const client = this.client;
    this.lose(client);
    await client?.end().catch(() => undefined);
  }

  isConnected(): boolean {
    return this.client !== undefined;
  }

  /** Runs a short statement on the session; it fails with {@link SessionLost} once the session's locks are gone. */
  query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const result = this.running.then(() => this.queryNow<Row>(sql, parameters));
    this.running = result.catch(() => undefined);
    return result;
  }

  private async queryNow<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]> {
    const client = this.client;
    if (!client) throw new SessionLost('no connection to the database');
    try {
      const query = { text: sql, values: parameters, query_timeout: QUERY_TIMEOUT_MS };
      return (await client.query<Row>(query)).rows;
    } catch (error) {
      if (isDatabaseAway(error)) this.lose(client);
      throw error;
    }
  }

  /** Wishes for the lock `name`. `onAcquired` is called when it is ours, `onLost` when it no longer is. */
  lock(name: string, onAcquired: () => void, onLost: () => void): SessionLock {
    const wish: Wanted = { name, held: false, denied: false, onAcquired, onLost };
    this.wanted.set(name, wish);
    queueMicrotask(() => void this.tick());
    return {
      get held() {
        return wish.held;
      },
      get standingBy() {
        return wish.denied;
      },
      release: async () => {
        if (this.wanted.get(name) === wish) this.wanted.delete(name);
        await this.turn;
        if (!wish.held) return;
        wish.held = false;
        await this.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined);
      },
    };
  }

  /** One turn at a time; turns asked for meanwhile share the next one. */
  private tick(): Promise<void> {
    const previous = this.turn;
    const next = previous.then(async () => {
      if (this.stopped || this.turn !== next) return;
      await this.work().catch((error: unknown) => {
        if (!this.stopped) this.logger.warn(`session: ${(error as Error).message}`);
      });
    });
    this.turn = next;
    return next;
  }

  private async work(): Promise<void> {
    if (!this.client) await this.connect();
    const names = [...this.wanted.values()].filter((wish) => !wish.held).map((wish) => wish.name);
    const rows = await this.query<{ name: string; held: boolean }>(
      `with beat as (
         insert into session_beat (pid, beat_at) values (pg_backend_pid(), clock_timestamp())
         on conflict (pid) do update set beat_at = excluded.beat_at
       )
       select name, pg_try_advisory_lock(hashtextextended(name, 0)) as held from unnest($1::text[]) as name`,
      [names],
    );
    const denied: string[] = [];
    for (const row of rows) {
      const wish = this.wanted.get(row.name);
      if (wish) wish.denied = !row.held;
      if (!row.held) denied.push(row.name);
      else if (wish) {
        wish.held = true;
        wish.onAcquired();
      } else await this.query('select pg_advisory_unlock(hashtextextended($1, 0))', [row.name]);
    }
    if (denied.length > 0) await this.evictFrozen(denied);
  }

  private async evictFrozen(names: string[]): Promise<void> {
    const evicted = await this.query<{ pid: number }>(
      `select l.pid, pg_terminate_backend(l.pid)
       from (
         select distinct l.pid from pg_locks l
         join unnest($1::text[]) as name on hashtextextended(name, 0) = ((l.classid::bigint << 32) | l.objid::bigint)
         where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
           and l.database = (select oid from pg_database where datname = current_database())
       ) l
       join session_beat b on b.pid = l.pid
       where b.beat_at < clock_timestamp() - interval '${FROZEN_AFTER}'`,
      [names],
    );
    if (evicted.length > 0)
      this.logger.warn('terminated the session of a frozen process that held our locks');
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    await client.connect();
    // A pid that a dead session left behind would make us look frozen the moment we connect.
    await client.query(`delete from session_beat b
      where b.pid = pg_backend_pid() or not exists (select from pg_stat_activity a where a.pid = b.pid)`);
    if (this.stopped) {
      await client.end();
      return;
    }
    this.client = client;
  }

  private lose(client: pg.Client | undefined): void {
    if (!client || this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    for (const wish of this.wanted.values()) {
      if (!wish.held) continue;
      wish.held = false;
      wish.onLost();
    }
    if (!this.stopped) setTimeout(() => void this.tick(), RECONNECT_MS).unref();
  }
}
