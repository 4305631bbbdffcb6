import {
  accessRevokedSubject,
  SessionService,
  type RpcRequest,
  type RpcResponse,
} from '@connections/contracts';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { goesBy } from './session-times.js';

const { endSession } = SessionService.method;

@Controller()
export class EndSession {
  constructor(
    private readonly database: DataSource,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(endSession)
  async endSession({ tokenHash }: RpcRequest<typeof endSession>): Promise<RpcResponse<typeof endSession>> {
    tellEnded(this.bus, await removeSession(this.database.manager, tokenHash));
    return {};
  }
}

/** Ends the session that goes by this hash; returns all hashes that gateways may know it by, none where there was none. */
export async function removeSession(manager: EntityManager, tokenHash: string): Promise<string[]> {
  const [rows]: [{ token_hash: string; previous_token_hash: string | null }[], number] = await manager.query(
    `DELETE FROM console_session s WHERE ${goesBy('$1')} RETURNING token_hash, previous_token_hash`,
    [tokenHash],
  );
  return rows.flatMap(({ token_hash: current, previous_token_hash: previous }) =>
    previous === null ? [current] : [current, previous],
  );
}

/** Tells every gateway; called once it is committed. */
export function tellEnded(bus: Bus, tokenHashes: readonly string[]): void {
  for (const tokenHash of tokenHashes) bus.broadcast(accessRevokedSubject(tokenHash), {});
}
