import { ProviderError, type ProviderAnswer, type ProviderRequest } from '../../kit/definition.js';
import { classify, envelopeFault } from './faults.js';
import { pylon } from './pylon.js';

const now = Date.UTC(2026, 0, 1, 15, 0, 20);
const answer = (status: number, body: unknown = {}, headers = {}): ProviderAnswer => ({
  status,
  body,
  headers,
});

describe('Pylon', () => {
  it.each([
    [{ 'retry-after': '12' }, 12, 12],
    [{ 'x-retry-after': '7' }, 7, 7],
    [{}, 41, 45],
  ])('throttled with %j, waits', (headers, least, most) => {
    const fault = classify(answer(429, {}, headers), now);
    expect(fault).toMatchObject({ kind: 'rate_limit', scope: 'connection' });
    expect((fault!.until! - now) / 1000).toBeGreaterThanOrEqual(least);
    expect((fault!.until! - now) / 1000).toBeLessThanOrEqual(most);
  });

  it.each([
    [401, { code: 'invalid_api_token' }, undefined],
    [401, { code: 'wrong_region_token' }, 'config'],
    [403, { code: 'permission_denied' }, 'config'],
    [404, { code: 'not_found' }, undefined],
  ])('status %p %j', (status, body, kind) => expect(classify(answer(status, body), now)?.kind).toBe(kind));

  it.each([
    [{ request_id: 'r' }, undefined],
    [{ request_id: 'r', data: [], pagination: { cursor: null, has_next_page: false } }, undefined],
    [{ data: [] }, 'unknown'],
    [{ request_id: 'r', data: [], pagination: { cursor: '', has_next_page: true } }, 'unknown'],
  ])('believes of %j', (body, kind) => expect(envelopeFault(body)?.kind).toBe(kind));

  it('asks the other region for a token that says so, and remembers where it is', async () => {
    const asked: string[] = [];
    const request = ({ path }: ProviderRequest): Promise<ProviderAnswer> => {
      asked.push(path);
      if (path.startsWith('https://api.eu.')) {
        return Promise.resolve(answer(200, { data: { id: 'org', name: 'Org' } }));
      }
      const refusal = answer(401, { code: 'wrong_region_token' });
      return Promise.reject(new ProviderError(classify(refusal, now)!, refusal));
    };
    if (pylon.auth.method !== 'api_key') throw new Error('an API key');
    expect(await pylon.auth.verify({ request })).toEqual({
      externalId: 'org',
      label: 'Org',
      baseUrl: 'https://api.eu.usepylon.com',
    });
    expect(asked).toEqual(['/me', 'https://api.eu.usepylon.com/me']);
  });
});
