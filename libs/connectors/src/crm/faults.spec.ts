import type { ProviderAnswer } from '../kit/definition.js';
import { faultByStatus } from '../kit/fault.js';
import { classify as hubspot } from './hubspot/faults.js';
import { classify as pipedrive } from './pipedrive/faults.js';
import { classify as x } from '../social/x/faults.js';

const now = Date.UTC(2026, 0, 1, 15, 0, 0);
const answer = (status: number, body: unknown = {}, headers = {}): ProviderAnswer => ({
  status,
  body,
  headers,
});
const seconds = (fault: { until?: number } | undefined) => fault?.until && (fault.until - now) / 1000;

describe('throttles, in each provider’s own units', () => {
  it.each([
    [{ policyName: 'SECONDLY' }, {}, 1],
    [{ policyName: 'TEN_SECONDLY_ROLLING' }, {}, 10],
    [{ policyName: 'DAILY' }, {}, 3600],
    [{ policyName: 'DAILY' }, { 'retry-after': '7' }, 7],
    [{}, { 'retry-after': 'Thu, 01 Jan 2026 15:01:00 GMT' }, 60],
  ])('HubSpot %j %j', (body, headers, expected) => {
    expect(seconds(hubspot(answer(429, body, headers), now))).toBe(expected);
  });

  it.each([
    [{ 'x-ratelimit-reset': '2' }, 2],
    [{ 'x-ratelimit-reset': '1' }, 2],
    [{ 'x-ratelimit-reset': '9' }, 9],
    [{ 'x-ratelimit-reset': '2', 'x-daily-ratelimit-token-remaining': '0' }, 9 * 3600],
    [{ 'retry-after': '5' }, 5],
  ])('Pipedrive %j', (headers, expected) => {
    expect(seconds(pipedrive(answer(429, {}, headers), now))).toBe(expected);
  });

  it('X: epoch seconds, and a monthly cap that is none of them', () => {
    const reset = { 'x-rate-limit-reset': String(now / 1000 + 90) };
    expect(x(answer(429, {}, reset), now)).toEqual({ kind: 'rate_limit', until: now + 91_000, scope: 'app' });
    const capped = { type: 'https://api.twitter.com/2/problems/usage-capped' };
    expect(x(answer(429, capped, reset), now)).toMatchObject({ kind: 'config', platform: true });
    expect(x(answer(429, { title: 'UsageCapExceeded' }, reset), now)).toMatchObject({ kind: 'config' });
  });
});

describe('refusals', () => {
  it.each([
    ['HubSpot', hubspot, 403, { category: 'MISSING_SCOPES' }, 'config'],
    ['HubSpot', hubspot, 477, {}, 'transient'],
    ['HubSpot', hubspot, 530, '<html>', 'auth'],
    ['Pipedrive', pipedrive, 403, '<html>', 'rate_limit'],
    ['Pipedrive', pipedrive, 200, { success: false }, 'unknown'],
    ['X', x, 402, { title: 'CreditsDepleted' }, 'config'],
    ['X', x, 403, { type: 'https://api.x.com/2/problems/client-forbidden' }, 'config'],
  ] as const)('%s: %p', (_name, classify, status, body, kind) => {
    expect(classify(answer(status, body), now)).toMatchObject({ kind });
  });

  it.each([
    [401, 'auth'],
    [404, 'gone'],
    [400, 'config'],
    [422, 'config'],
    [302, 'unknown'],
    [429, 'rate_limit'],
    [500, 'transient'],
    [521, 'transient'],
  ])('by status alone: %p is %p', (status, kind) => {
    expect(faultByStatus(answer(status), now)).toMatchObject({ kind });
  });
});
