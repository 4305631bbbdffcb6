import type { ProviderAnswer } from '../../kit/definition.js';
import { classify, tokenAnswer } from './faults.js';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, body: unknown, headers = {}): ProviderAnswer => ({ status, body, headers });

describe('Slack', () => {
  it.each([
    ['token_expired', 'auth'],
    ['missing_scope', 'auth'],
    ['not_in_channel', 'gone'],
    ['invalid_cursor', 'cursor_expired'],
    ['invalid_limit', 'config'],
    ['team_added_to_org', 'transient'],
    ['ratelimited', 'rate_limit'],
    ['something_new', 'unknown'],
  ])('says %s with status 200: %s', (error, kind) => {
    expect(classify(answer(200, { ok: false, error }), now)).toMatchObject({ kind });
  });

  it('is believed only where it says ok', () => {
    expect(classify(answer(200, { ok: true }), now)).toBeUndefined();
    expect(classify(answer(200, { members: [] }), now)).toMatchObject({ kind: 'unknown' });
    expect(classify(answer(502, '<html>'), now)).toMatchObject({ kind: 'transient' });
  });

  it.each([
    [{ 'retry-after': '30' }, 30],
    [{}, 30],
    [{ 'retry-after': '3' }, 3],
  ])('throttled with %j, waits %p s', (headers, seconds) => {
    expect(classify(answer(429, { ok: false, error: 'ratelimited' }, headers), now)).toEqual({
      kind: 'rate_limit',
      until: now + seconds * 1000,
      scope: 'connection',
    });
  });

  it.each([
    [{ ok: true, token_type: 'bot' }, 200, { ok: true, token_type: 'bearer' }],
    [{ ok: false, error: 'invalid_refresh_token' }, 400, { error: 'invalid_grant' }],
    [{ ok: false, error: 'bad_client_secret' }, 401, { error: 'invalid_client' }],
    [{ ok: false, error: 'ratelimited' }, 429, { error: 'ratelimited' }],
    [{ ok: false, error: 'internal_error' }, 503, { error: 'temporarily_unavailable' }],
  ])('the token endpoint’s %j', (body, status, standard) => {
    expect(tokenAnswer(body)).toEqual({ status, body: standard });
  });
});
