import { classify } from './faults.js';

const now = Date.UTC(2026, 7, 3, 20, 30);
const judge = (status: number, body: unknown, headers = {}) => classify({ status, headers, body }, now);

describe('LinkedIn’s faults', () => {
  it('a day’s limit is over after midnight UTC, for the whole app', () => {
    const message = 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.';
    expect(judge(429, { status: 429, serviceErrorCode: 101, message })).toEqual({
      kind: 'rate_limit',
      scope: 'app',
      until: Date.UTC(2026, 7, 4, 0, 1, 30),
    });
  });

  it('a throttle without a word is waited for a few minutes; one with Retry-After as long as it says', () => {
    expect(judge(429, { status: 429, message: 'Too many' })).toMatchObject({ until: now + 300_000 });
    expect(judge(429, '<html>', { 'retry-after': '20' })).toMatchObject({
      until: now + 20_000,
      scope: 'app',
    });
  });

  it('a missing role or product and a sunset version are configuration, whatever they look like', () => {
    expect(judge(403, { status: 403, serviceErrorCode: 100, code: 'ACCESS_DENIED' })).toMatchObject({
      kind: 'config',
    });
    expect(judge(426, { status: 426, code: 'NONEXISTENT_VERSION' })).toMatchObject({
      kind: 'config',
      platform: true,
    });
  });

  it('a refused token is told by LinkedIn’s own code', () => {
    expect(judge(401, { status: 401, serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN' })).toEqual({
      kind: 'auth',
      note: 'REVOKED_ACCESS_TOKEN',
    });
    expect(judge(200, {})).toBeUndefined();
    expect(judge(500, {})).toBeUndefined();
  });
});
