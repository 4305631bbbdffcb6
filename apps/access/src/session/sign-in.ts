import { SessionService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v4 as uuid } from 'uuid';

import { AccessConfig } from '../config.js';
import { removeSession, tellEnded } from './end-session.js';
import { memberFor } from './identity.js';
import { sessionTimes, type SessionTimes } from './session-times.js';

const { signIn } = SessionService.method;

/** Expired sessions that a sign-in clears away: more than the one that it will leave behind. */
const CLEARED = 20;

@Controller()
export class SignIn {
  private readonly times: SessionTimes;

  constructor(
    private readonly database: DataSource,
    private readonly bus: Bus,
    config: AccessConfig,
  ) {
    this.times = sessionTimes(config);
  }

  /** Not a stored command: when its answer is lost nobody has the token, and the member signs in anew. */
  @RpcMethod(signIn)
  async signIn(request: RpcRequest<typeof signIn>): Promise<RpcResponse<typeof signIn>> {
    const { tokenHash, csrfToken, replacedTokenHash } = request;
    if (csrfToken === '') throw new DomainError('invalid_request', 'csrf_token must not be empty.');
    const { idle, lifetime } = this.times;
    const { answer, ended } = await this.database.transaction(async (manager) => {
      const member = await memberFor(manager, request);
      await clearIdle(manager, idle);
      const replaced = replacedTokenHash ? await removeSession(manager, replacedTokenHash) : [];
      const [row]: { expiresAt: Date }[] = await manager.query(
        `INSERT INTO console_session (session_id, token_hash, csrf_token, workspace_id, user_id)
         VALUES ($1, $2, $3, $4, $5) RETURNING signed_in_at + make_interval(secs => $6) AS "expiresAt"`,
        [uuid(), tokenHash, csrfToken, member.workspaceId, member.userId, lifetime],
      );
      return { answer: { ...member, expiresAt: row?.expiresAt.toISOString() ?? '' }, ended: replaced };
    });
    tellEnded(this.bus, ended);
    return answer;
  }
}

/** Also of sessions past their lifetime: nobody is seen in one after that. */
async function clearIdle(manager: EntityManager, idle: number): Promise<void> {
  await manager.query(
    `DELETE FROM console_session WHERE session_id IN (
       SELECT session_id FROM console_session WHERE last_seen_at < now() - make_interval(secs => $1)
       ORDER BY last_seen_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [idle, CLEARED],
  );
}
