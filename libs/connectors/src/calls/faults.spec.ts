import type { ProviderAnswer } from '../kit/definition.js';
import { classify as aircall } from './aircall.faults.js';
import { classify as fathom } from './fathom.faults.js';
import { classify as grain } from './grain.faults.js';
import { classify as granola } from './granola.faults.js';

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
});

describe('what a status does not tell', () => {
  it('Aircall: 403 is a wrong pair, and a reset in a good answer is no throttle', () => {
    expect(aircall(answer(403, { message: 'Forbidden' }), now)).toMatchObject({ kind: 'auth' });
    expect(aircall(answer(200, {}, { 'x-aircallapi-reset': '1' }), now)).toBeUndefined();
  });
});
