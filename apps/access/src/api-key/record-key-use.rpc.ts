import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { recordKeyUse } = AccessService.method;

/** Notes when keys were last used: for people who look whether one is still needed, so nothing rests on it. */
@Controller()
export class RecordKeyUse {
  constructor(private readonly database: DataSource) {}

  /** Of several gateways that tell the same minute one writes; none waits for another, nor for a key that is being revoked. */
  @RpcMethod(recordKeyUse)
  async recordKeyUse({ uses }: RpcRequest<typeof recordKeyUse>): Promise<RpcResponse<typeof recordKeyUse>> {
    await this.database.query(
      `UPDATE api_key k SET last_used_at = due.used_at
       FROM (SELECT a.key_id, u.used_at
             FROM unnest($1::text[], $2::timestamptz[]) AS u (key_id, used_at) JOIN api_key a USING (key_id)
             WHERE a.last_used_at IS NULL OR a.last_used_at < u.used_at
             FOR NO KEY UPDATE OF a SKIP LOCKED) AS due
       WHERE k.key_id = due.key_id`,
      [uses.map(({ keyId }) => keyId), uses.map(({ usedAt }) => usedAt)],
    );
    return {};
  }
}
