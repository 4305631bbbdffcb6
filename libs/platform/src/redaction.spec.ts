import { redact, redactText } from './redaction.js';

describe('redact', () => {
  it('masks fields by name, at any depth, and leaves the rest', () => {
    const fields = {
      user: 'u',
      headers: { Authorization: 'x', 'x-api-key': 'k' },
      list: [{ refresh_token: 't', accessToken: 'a' }],
    };
    expect(redact({ ...fields, count: 3, api_key: null, credential_id: 'c' })).toEqual({
      user: 'u',
      headers: { Authorization: '[redacted]', 'x-api-key': '[redacted]' },
      list: [{ refresh_token: '[redacted]', accessToken: '[redacted]' }],
      count: 3,
      api_key: null,
      credential_id: 'c',
    });
  });

  it.each([
    ['postgres://me:hunter2@db/x', 'postgres://[redacted]@db/x'],
    ['GET /cb?code=abc&state=def', 'GET /cb?code=[redacted]&state=[redacted]'],
    ['Authorization: Bearer abcdef123', 'Authorization: Bearer [redacted]'],
    ['key acme_sk_live_0123456789abcdef given', 'key acme_sk_live_[redacted] given'],
    ['nothing to hide: http://x:80/y', 'nothing to hide: http://x:80/y'],
  ])('masks secrets inside text: %s', (text, expected) => expect(redactText(text)).toBe(expected));

  it('reduces errors to their type, message, code, stack and cause', () => {
    const error = Object.assign(new Error('at postgres://me:pw@db', { cause: new Error('inner') }), {
      code: 'E1',
      request: { headers: { secret: 1 } },
    });
    const result = redact({ err: error }) as { err: Record<string, unknown> };
    expect(Object.keys(result.err)).toEqual(['type', 'message', 'code', 'stack', 'cause']);
    expect(JSON.stringify(result)).not.toContain('pw@');
  });

  it('survives circular structures', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(JSON.stringify(redact(loop))).toContain('[deep]');
  });
});
