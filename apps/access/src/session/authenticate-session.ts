import { SessionService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';
import { policyColumns, rightsOf, type StoredPolicies } from '../rights.js';
import { goesBy, isAlive, sessionTimes, type SessionTimes } from './session-times.js';

const { authenticateSession } = SessionService.method;

interface Row extends StoredPolicies {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly workspaceSlug: string;
  readonly userId: string;
  readonly email: string;
  readonly userName: string;
  readonly role: string;
  readonly platformRole: string | null;
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly signedInAt: Date;
  readonly expiresAt: Date;
  readonly keepDue: boolean;
}

@Controller()
export class AuthenticateSession {
  private readonly times: SessionTimes;

  constructor(
    private readonly database: DataSource,
    config: AccessConfig,
  ) {
    this.times = sessionTimes(config);
  }

  /** A read: gateways ask it each second, also for open streams, which are no sign that anybody is there. */
  @RpcMethod(authenticateSession)
  async authenticateSession({
    tokenHash,
  }: RpcRequest<typeof authenticateSession>): Promise<RpcResponse<typeof authenticateSession>> {
    const { idle, lifetime, rotation, noted } = this.times;
    const rows: Row[] = await this.database.query(
      `SELECT w.workspace_id AS "workspaceId", w.name AS "workspaceName", w.slug AS "workspaceSlug",
              m.user_id AS "userId", m.email, m.name AS "userName", m.role, m.platform_role AS "platformRole",
              s.session_id AS "sessionId", s.csrf_token AS "csrfToken", s.signed_in_at AS "signedInAt",
              s.signed_in_at + make_interval(secs => $3) AS "expiresAt",
              s.last_seen_at <= now() - make_interval(secs => $4)
                OR s.rotated_at <= now() - make_interval(secs => $5) AS "keepDue",
              ${policyColumns}
       FROM console_session s JOIN member m USING (workspace_id, user_id) JOIN workspace w USING (workspace_id)
       WHERE ${goesBy('$1')} AND ${isAlive('$2', '$3')}`,
      [tokenHash, idle, lifetime, noted, rotation],
    );
    const [row] = rows;
    // One answer for unknown, ended and expired sessions, as for keys.
    if (!row) throw new DomainError('unauthenticated', 'This session has ended: sign in again.');
    const { sessionId, csrfToken, signedInAt, expiresAt, keepDue, platformRole, appsOff, policies, ...rest } =
      row;
    const member = platformRole === null ? rest : { ...rest, platformRole };
    return {
      caller: { keyId: '', ...member, ...rightsOf(member, { appsOff, policies }) },
      session: {
        sessionId,
        csrfToken,
        signedInAt: signedInAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        keepDue,
      },
    };
  }
}
