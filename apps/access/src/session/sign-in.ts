import { SessionService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v4 as uuid } from 'uuid';

import { AccessConfig } from '../config.js';
import { removeSession, tellEnded } from './end-session.js';
import { memberFor, vouchedEmailOf } from './identity.js';
import { sessionTimes, type SessionTimes } from './session-times.js';

const { signIn } = SessionService.method;

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
    const { lifetime } = this.times;
    const { answer, ended } = await this.database.transaction(async (manager) => {
      const member = await memberFor(manager, request);
      const replaced = replacedTokenHash ? await removeSession(manager, replacedTokenHash) : [];
      const [row]: { expiresAt: Date }[] = await manager.query(
        `INSERT INTO console_session (session_id, token_hash, csrf_token, workspace_id, user_id, issuer, subject,
           vouched_email)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING signed_in_at + make_interval(secs => $9) AS "expiresAt"`,
        [
          uuid(),
          tokenHash,
          csrfToken,
          member.workspaceId,
          member.userId,
          request.issuer,
          request.subject,
          vouchedEmailOf(request),
          lifetime,
        ],
      );
      return { answer: { ...member, expiresAt: row?.expiresAt.toISOString() ?? '' }, ended: replaced };
    });
    tellEnded(this.bus, ended);
    return answer;
  }
}
