import { hash } from 'node:crypto';

import { SessionService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Authentication } from '../access/authentication.js';
import { sessionTokenHash, type Credential } from '../access/credential.js';
import { newToken, SessionCookie } from './session-cookie.js';

interface Rotated {
  readonly token: string;
  readonly expiresAt: string;
}

/** Keeps sessions alive whose members are there, and hands out their next tokens. */
@Injectable()
export class SessionUpkeep {
  private readonly underWay = new Map<Credential, Promise<Rotated | undefined>>();

  constructor(
    private readonly bus: Bus,
    private readonly cookie: SessionCookie,
    private readonly authentication: Authentication,
  ) {}

  /** Called with each request whose session is due. Never rejects: a request is not worse for a session kept later. */
  async keep(credential: Credential, reply: FastifyReply): Promise<void> {
    // Requests at once share the answer: all of them carry the new token, and losing one answer loses nothing.
    let keeping = this.underWay.get(credential);
    if (!keeping) {
      keeping = this.ask(credential).finally(() => this.underWay.delete(credential));
      this.underWay.set(credential, keeping);
    }
    const rotated = await keeping;
    if (rotated) this.cookie.set(reply, rotated.token, rotated.expiresAt);
  }

  private async ask(credential: Credential): Promise<Rotated | undefined> {
    const token = newToken();
    const newTokenHash = hash('sha256', token, 'hex');
    try {
      const { rotated, expiresAt } = await this.bus
        .rpc(SessionService)
        .keepSession({ tokenHash: sessionTokenHash(credential) ?? '', newTokenHash });
      // What is remembered still says that it is due.
      this.authentication.forget(credential);
      return rotated ? { token, expiresAt } : undefined;
    } catch {
      return undefined;
    }
  }
}
