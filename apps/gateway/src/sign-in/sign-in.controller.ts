import { hash } from 'node:crypto';

import { SessionService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AuditTrail } from '../audit/audit-trail.js';
import { GatewayConfig } from '../config.js';
import { asksForPage } from '../http/accept.js';
import { uuidv7 } from '../input/ids.js';
import { API } from '../operations/operation.js';
import { IdentityProvider, NotIdentified, type Identity } from './identity-provider.js';
import { returnPath } from './return-to.js';
import { newToken, SessionCookie } from '../session/session-cookie.js';
import {
  findAttempt,
  keepAttempt,
  newAttempt,
  withoutAttempt,
  type SignInAttempt,
} from './sign-in-attempt.js';
import { refuseSignIn, type Refused } from './sign-in-fault.js';
import type { SignInFault } from './sign-in-page.js';

/** Longer than any slug: a name that was cut must not become another workspace's. */
const LONGEST_NAMED = 64;

const sha256 = (token: string): string => hash('sha256', token, 'hex');

/** The way through the OpenID provider and back. For browsers: answers are redirects and pages. */
@ApiExcludeController()
@Controller(`${API}/session`)
export class SignInController {
  private readonly logger = createLogger('gateway');

  constructor(
    private readonly provider: IdentityProvider,
    private readonly cookie: SessionCookie,
    private readonly bus: Bus,
    private readonly audit: AuditTrail,
    private readonly config: GatewayConfig,
  ) {}

  /** `return_to`: a path of the console; `workspace`: a slug, for members of several. */
  @Get('sign-in')
  async start(
    @Query('return_to') returnTo: unknown,
    @Query('workspace') workspace: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = returnPath(returnTo);
    const refuse = (refused: Refused): void => this.refuse(request, reply, refused);
    if (!this.provider.isConfigured) return refuse({ fault: 'not_configured', returnTo: path });
    if (path === undefined) return refuse({ fault: 'bad_return' });
    const attempt = newAttempt(
      path,
      typeof workspace === 'string' && workspace ? workspace.slice(0, LONGEST_NAMED) : undefined,
    );
    try {
      const url = await this.provider.authorizeUrl(attempt);
      this.cookie.keepAttempts(reply, keepAttempt(this.cookie.attempts(request.headers), attempt));
      void reply.redirect(url, 302);
    } catch (error) {
      refuse({ fault: this.faultOf(error, request), returnTo: path });
    }
  }

  /** Where the provider sends the browser back to. Its query holds a code and is written nowhere. */
  @Get('callback')
  async callback(
    @Query('state') state: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refuse = (refused: Refused): void => this.refuse(request, reply, refused);
    if (!this.provider.isConfigured) return refuse({ fault: 'not_configured' });
    const kept = this.cookie.attempts(request.headers);
    const attempt = findAttempt(kept, state);
    if (!attempt) return refuse({ fault: 'unknown' });
    this.cookie.keepAttempts(reply, withoutAttempt(kept, attempt));
    try {
      const search = request.url.slice(request.url.indexOf('?'));
      await this.begin(await this.provider.identify(search, attempt), attempt, request, reply);
    } catch (error) {
      return refuse({ fault: this.faultOf(error, request), returnTo: attempt.returnTo });
    }
    const url = `${this.config.consoleUrl?.replace(/\/$/, '') ?? ''}${attempt.returnTo}`;
    void reply.header('Referrer-Policy', 'no-referrer').redirect(url, 302);
  }

  private async begin(
    identity: Identity,
    { workspace }: SignInAttempt,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const [token, csrfToken] = [newToken(), newToken()];
    const replaced = this.cookie.token(request.headers);
    const { workspaceId, userId, userName, expiresAt } = await this.bus.rpc(SessionService).signIn({
      ...identity,
      ...(workspace !== undefined && { workspaceSlug: workspace }),
      tokenHash: sha256(token),
      csrfToken,
      ...(replaced !== undefined && { replacedTokenHash: sha256(replaced) }),
    });
    this.cookie.set(reply, token, expiresAt);
    await this.audit.record({
      entryId: uuidv7(),
      workspaceId,
      userId,
      userName,
      action: 'session.sign_in',
      outcome: 'succeeded',
      requestId: request.id,
      at: new Date().toISOString(),
    });
  }

  private refuse(request: FastifyRequest, reply: FastifyReply, refused: Refused): void {
    refuseSignIn(request, reply, this.config.consoleUrl, refused);
  }

  /** Why nobody is signed in. What is no reason of a sign-in is thrown on; a part that is away only to who wants no page. */
  private faultOf(error: unknown, { headers }: FastifyRequest): SignInFault {
    if (error instanceof NotIdentified) {
      // The cause may quote the provider's answer, which quotes the code: its name has to do.
      const cause = error.cause instanceof Error ? error.cause.name : undefined;
      const { code } = (error.cause ?? {}) as { code?: unknown };
      this.logger.warn({ reason: error.reason, cause, code }, 'Nobody signed in');
      return error.reason;
    }
    const code = error instanceof DomainError ? error.code : undefined;
    if (code === 'not_a_member' || code === 'email_not_verified') return code;
    if ((code === 'unavailable' || code === 'timeout') && asksForPage(headers.accept)) return 'unavailable';
    throw error;
  }
}
