import type { ProviderAnswer } from '../kit/definition.js';
import { classify as fathom } from './fathom.faults.js';

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
});
