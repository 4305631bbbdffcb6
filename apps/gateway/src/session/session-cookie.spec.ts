import type { FastifyReply } from 'fastify';

import { GatewayConfig } from '../config.js';
import { newToken, SessionCookie } from './session-cookie.js';

const at = (publicUrl: string) => new SessionCookie(Object.assign(new GatewayConfig(), { publicUrl }));

/** The `Set-Cookie` that it writes, without the seconds that depend on now. */
function written(write: (reply: FastifyReply) => void): string {
  let line = '';
  write({ header: (_name: string, value: string) => (line = value) } as unknown as FastifyReply);
  return line.replace(/Max-Age=[1-9]\d*/, 'Max-Age=…');
}

describe('the session’s cookie', () => {
  const token = newToken();
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

  it('can be planted by no neighbour where there is TLS', () => {
    expect(written((reply) => at('https://app.example').set(reply, token, inAnHour))).toBe(
      `__Host-connections_session=${token}; Path=/; Max-Age=…; HttpOnly; Secure; SameSite=Lax`,
    );
  });

  it('has a name that Chromium takes where there is none', () => {
    expect(written((reply) => at('http://localhost:3000').set(reply, token, inAnHour))).toBe(
      `connections_session=${token}; Path=/; Max-Age=…; HttpOnly; Secure; SameSite=Lax`,
    );
  });

  it('is forgotten by signing out', () => {
    expect(written((reply) => at('https://app.example').clear(reply))).toContain('=; Path=/; Max-Age=0;');
  });

  it.each([
    [`connections_session=${'a'.repeat(43)}`, 'a'.repeat(43)],
    [`theme=dark; connections_session=${'a'.repeat(43)}; other=1`, 'a'.repeat(43)],
    [`theme=dark;connections_session=${'a'.repeat(43)}`, 'a'.repeat(43)],
    [`x_connections_session=${'a'.repeat(43)}`, undefined],
    [`connections_session=${'a'.repeat(42)}`, undefined],
    [`connections_session=${'a'.repeat(42)}!`, undefined],
    [`connections_session="${'a'.repeat(43)}"`, undefined],
    ['connections_session=', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s: %s', (cookie, expected) => {
    const headers = cookie === undefined ? {} : { cookie };
    expect(at('http://localhost').token(headers)).toBe(expected);
  });
});
