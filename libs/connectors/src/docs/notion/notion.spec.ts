import type { ProviderAnswer } from '../../kit/definition.js';
import { classify, cutOff } from './faults.js';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, body: unknown = {}, headers = {}): ProviderAnswer => ({
  status,
  body,
  headers,
});

describe('Notion', () => {
  it.each([
    [429, { 'retry-after': '12' }, {}, 12],
    [429, {}, { additional_data: { retry_after: '7' } }, 7],
    [429, {}, {}, 30],
    [529, {}, {}, 30],
  ])('throttled with %p %j %j, waits %p s', (status, headers, body, seconds) => {
    expect(classify(answer(status, body, headers), now)).toEqual({
      kind: 'rate_limit',
      until: now + seconds * 1000,
      scope: 'connection',
    });
  });

  it.each([
    [429, { additional_data: { rate_limit_reason: 'public_api_request_blocked' } }, 'config'],
    [403, '<html>', 'transient'],
    [403, { code: 'restricted_resource' }, 'config'],
    [409, { code: 'conflict_error' }, 'transient'],
    [400, { code: 'validation_error', message: 'The start_cursor provided is invalid: x' }, 'cursor_expired'],
    [400, { code: 'missing_version' }, 'config'],
    [404, { code: 'object_not_found' }, undefined],
  ])('%p %j is %p', (status, body, kind) => expect(classify(answer(status, body), now)?.kind).toBe(kind));

  it('does not take a list that Notion cut off for a whole one', () => {
    const request_status = { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' };
    expect(cutOff({ has_more: false, request_status })).toMatchObject({ kind: 'unknown' });
    expect(cutOff({ has_more: false, request_status: { type: 'complete' } })).toBeUndefined();
  });
});
