import { RateLimitService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';

const { leasePermits, returnPermits } = RateLimitService.method;

export const WINDOW_S = 60;

interface Row {
  readonly granted: number;
  readonly spent: number;
  readonly window: string;
  readonly endsInMs: number;
}

const WINDOW_NAME = `extract(epoch FROM held.started_at)::text`;

/** A caller's requests by the minute, over all gateways: a window begins with its first request. */
@Controller()
export class Permits {
  constructor(
    private readonly database: DataSource,
    private readonly config: AccessConfig,
  ) {}

  @RpcMethod(leasePermits)
  async leasePermits({
    caller,
    wanted,
    owed,
  }: RpcRequest<typeof leasePermits>): Promise<RpcResponse<typeof leasePermits>> {
    const limit = this.config.rateLimitPerMinute;
    // Never more than a quarter of what is left: near its end a window is handed out one by one, so that no replica
    // refuses while another sits on permits. One statement, so that two replicas wait for each other's row.
    const rows: Row[] = await this.database.query(
      `INSERT INTO permit_window AS held (caller, started_at, spent, last_grant)
       VALUES ($1, clock_timestamp(), least($4::int, $3::int + $2::int), $2)
       ON CONFLICT (caller) DO UPDATE SET (started_at, spent, last_grant) = (
         SELECT start, least($4, before + lease), lease
         FROM (SELECT held.started_at + $5 * interval '1 second' <= clock_timestamp() AS over) w,
           LATERAL (SELECT CASE WHEN over THEN clock_timestamp() ELSE held.started_at END AS start,
                           least($4, $3::int + CASE WHEN over THEN 0 ELSE held.spent END) AS before) b,
           LATERAL (SELECT least($2::int, greatest(least(1, $4 - before), ($4 - before) / 4)) AS lease) l
       )
       RETURNING last_grant AS granted, spent, ${WINDOW_NAME} AS window,
         ceil(extract(epoch FROM held.started_at + $5 * interval '1 second' - clock_timestamp()) * 1000)::int AS "endsInMs"`,
      [caller, Math.max(0, Math.min(wanted, Math.ceil(limit / 4), limit - owed)), owed, limit, WINDOW_S],
    );
    const { granted = 0, spent = limit, window = '', endsInMs = 0 } = rows[0] ?? {};
    return {
      granted,
      remaining: limit - spent,
      limit,
      windowS: WINDOW_S,
      endsInMs: Math.max(0, endsInMs),
      window,
    };
  }

  @RpcMethod(returnPermits)
  async returnPermits({
    caller,
    window,
    unspent,
  }: RpcRequest<typeof returnPermits>): Promise<RpcResponse<typeof returnPermits>> {
    await this.database.query(
      `UPDATE permit_window AS held SET spent = greatest(0, spent - $3) WHERE caller = $1 AND ${WINDOW_NAME} = $2`,
      [caller, window, unspent],
    );
    return {};
  }
}

/** Removes windows that are long over; a row is made anew when its caller comes back. */
export async function sweepPermits(database: DataSource): Promise<void> {
  await database.query(`DELETE FROM permit_window WHERE started_at < now() - interval '1 hour'`);
}
