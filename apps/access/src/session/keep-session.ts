import { SessionService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';
import { goesBy, isAlive, sessionTimes, type SessionTimes } from './session-times.js';

const { keepSession } = SessionService.method;

@Controller()
export class KeepSession {
  private readonly times: SessionTimes;

  constructor(
    private readonly database: DataSource,
    config: AccessConfig,
  ) {
    this.times = sessionTimes(config);
  }

  /** Of requests at once, one rotates. One that comes by the token before does not: its answer may be lost as well. */
  @RpcMethod(keepSession)
  async keepSession({
    tokenHash,
    newTokenHash,
  }: RpcRequest<typeof keepSession>): Promise<RpcResponse<typeof keepSession>> {
    const { idle, lifetime, rotation, grace } = this.times;
    const isDue = `(s.token_hash = $1 AND s.rotated_at <= now() - make_interval(secs => $5))`;
    const [[row]]: [{ rotated: boolean; expiresAt: Date }[], number] = await this.database.query(
      `UPDATE console_session s SET last_seen_at = now(),
         previous_token_hash = CASE WHEN ${isDue} THEN s.token_hash ELSE s.previous_token_hash END,
         previous_until = CASE WHEN ${isDue} THEN now() + make_interval(secs => $6) ELSE s.previous_until END,
         rotated_at = CASE WHEN ${isDue} THEN now() ELSE s.rotated_at END,
         token_hash = CASE WHEN ${isDue} THEN $4 ELSE s.token_hash END
       WHERE ${goesBy('$1')} AND ${isAlive('$2', '$3')}
       RETURNING s.token_hash = $4 AS rotated, s.signed_in_at + make_interval(secs => $3) AS "expiresAt"`,
      [tokenHash, idle, lifetime, newTokenHash, rotation, grace],
    );
    if (!row) throw new DomainError('unauthenticated', 'This session has ended: sign in again.');
    return { rotated: row.rotated, expiresAt: row.expiresAt.toISOString() };
  }
}
