import { SessionService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Controller, Delete, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { sessionTokenHash } from '../access/credential.js';
import { API } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';

import { SessionCookie } from './session-cookie.js';

/** The caller's own console session. With an API key there is none: 404. */
@ApiExcludeController()
@Controller(`${API}/session`)
export class SessionController {
  constructor(
    private readonly bus: Bus,
    private readonly cookie: SessionCookie,
  ) {}

  /** What the console needs to write: its CSRF token. Who is signed in, `GET /me` tells. */
  @Get()
  get(@TheCaller() { session }: Caller): object {
    if (!session) throw notFound();
    const { csrfToken, signedInAt, expiresAt } = session;
    return { csrf_token: csrfToken, signed_in_at: wireTime(signedInAt), expires_at: wireTime(expiresAt) };
  }

  /** Signs out, here: the provider's own session is its own affair. */
  @Delete()
  async end(
    @Req() { credential }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const tokenHash = sessionTokenHash(credential ?? '');
    if (tokenHash === undefined) throw notFound();
    await this.bus.rpc(SessionService).endSession({ tokenHash });
    this.cookie.clear(reply);
    return { signed_out: true };
  }
}
