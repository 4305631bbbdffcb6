import type { ProviderAnswer } from '../kit/definition.js';
import { classify as aircall } from './aircall/faults.js';
import { classify as fathom } from './fathom/faults.js';
import { classify as fireflies } from './fireflies/faults.js';
import { classify as grain } from './grain/faults.js';
import { classify as granola } from './granola/faults.js';

const now = Date.UTC(2026, 0, 1, 15, 0, 0);
const answer = (status: number, body: unknown = {}, headers = {}): ProviderAnswer => ({
  status,
  body,
  headers,
});
const seconds = (fault: { until?: number } | undefined) => fault?.until && (fault.until - now) / 1000;

describe('throttles, in each provider’s own units', () => {
  it.each([
    [{ 'retry-after': '7', 'ratelimit-reset': '40' }, 7],
    [{ 'ratelimit-reset': '40' }, 40],
    [{}, 60],
  ])('Fathom %j', (headers, expected) => {
    expect(seconds(fathom(answer(429, {}, headers), now))).toBe(expected);
  });

  it.each([
    [{ 'x-aircallapi-reset': String(now / 1000 + 30) }, 31],
    [{ 'x-aircallapi-reset': String(now + 30_000) }, 31],
    [{ 'x-aircallapi-reset': String(now / 1000 - 5) }, 1],
    [{}, 60],
  ])('Aircall %j', (headers, expected) => {
    expect(seconds(aircall(answer(429, {}, headers), now))).toBe(expected);
  });

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{}, 60],
  ])('Grain %j', (headers, expected) => {
    expect(seconds(grain(answer(429, {}, headers), now))).toBe(expected);
  });

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{}, 5],
  ])('Granola %j', (headers, expected) => {
    expect(seconds(granola(answer(429, {}, headers), now))).toBe(expected);
  });

  it.each([
    [{ 'retry-after': '7', 'x-ratelimit-reset-api': '40' }, { retryAfter: now + 9_000 }, 7],
    [{ 'x-ratelimit-reset-api': '40' }, { retryAfter: now + 9_000 }, 9],
    [{ 'x-ratelimit-reset-api': '40' }, {}, 40],
    [{ 'x-ratelimit-reset': '30' }, {}, 30],
    [{}, {}, 60],
  ])('Fireflies %j %j, whatever the status', (headers, metadata, expected) => {
    const body = { errors: [{ extensions: { code: 'too_many_requests', metadata } }] };
    for (const status of [200, 429]) {
      expect(seconds(fireflies(answer(status, body, headers), now))).toBe(expected);
    }
  });
});

describe('what a status does not tell', () => {
  it('Aircall: 403 is a wrong pair, and a reset in a good answer is no throttle', () => {
    expect(aircall(answer(403, { message: 'Forbidden' }), now)).toMatchObject({ kind: 'auth' });
    expect(aircall(answer(200, {}, { 'x-aircallapi-reset': '1' }), now)).toBeUndefined();
  });

  it.each([
    [500, 'auth_failed', 'auth'],
    [200, 'paid_required', 'config'],
    [200, 'object_not_found', 'unknown'],
    [200, 'invariant_violation', 'transient'],
    [200, 'GRAPHQL_VALIDATION_FAILED', 'config'],
    [200, undefined, 'config'],
    [503, 'never_heard_of', 'transient'],
  ])('Fireflies: %p with %p is %p, with partial data or none', (status, code, kind) => {
    const error = { message: 'm', ...(code !== undefined && { extensions: { code } }) };
    for (const data of [null, { transcripts: [] }]) {
      expect(fireflies(answer(status, { data, errors: [error] }), now)).toMatchObject({ kind });
    }
  });

  it('Fireflies: data without errors, and a gateway’s page, go by status', () => {
    expect(fireflies(answer(200, { data: {} }), now)).toBeUndefined();
    expect(fireflies(answer(502, '<html>'), now)).toBeUndefined();
  });
});
