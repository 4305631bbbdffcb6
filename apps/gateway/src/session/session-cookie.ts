import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { GatewayConfig } from '../config.js';

const ATTEMPT_LIFETIME_S = 10 * 60;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What a cookie holds, and CSRF tokens too: 32 random bytes in base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** The cookies of the console: out of scripts' reach, and sent to this host alone. */
@Injectable()
export class SessionCookie {
  private readonly session: string;
  private readonly attempt: string;

  constructor({ publicUrl }: GatewayConfig) {
    // No page of a neighbouring host can plant a cookie with this prefix; but Chromium takes it over TLS only, also from localhost.
    const prefix = publicUrl?.startsWith('https:') ? '__Host-' : '';
    this.session = `${prefix}connections_session`;
    this.attempt = `${prefix}connections_sign_in`;
  }

  /** The session's token; undefined without one, and for what cannot be one. */
  token(headers: IncomingHttpHeaders): string | undefined {
    const value = read(headers, this.session);
    return value !== undefined && TOKEN.test(value) ? value : undefined;
  }

  /** @param expiresAt RFC 3339; the browser forgets it then, the session has ended anyway */
  set(reply: FastifyReply, token: string, expiresAt: string): void {
    const seconds = Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000));
    write(reply, this.session, token, seconds);
  }

  clear(reply: FastifyReply): void {
    write(reply, this.session, '', 0);
  }

  /** The sign-ins that this browser has under way, as they were kept. */
  attempts(headers: IncomingHttpHeaders): string | undefined {
    return read(headers, this.attempt);
  }

  /** @param value empty text for none */
  keepAttempts(reply: FastifyReply, value: string): void {
    write(reply, this.attempt, value, value ? ATTEMPT_LIFETIME_S : 0);
  }
}

function read({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  const pair = cookie?.split(';').find((one) => one.trimStart().startsWith(`${name}=`));
  return pair?.slice(pair.indexOf('=') + 1).trim();
}

/** `Secure` also over plain HTTP: browsers take localhost for trustworthy, and no other host should be used without TLS. */
function write(reply: FastifyReply, name: string, value: string, seconds: number): void {
  reply.header('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`);
}
