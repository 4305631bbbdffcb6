import { Client } from '@hubspot/api-client';
import { failureOf, HubSpotSession } from './hubspot-session.js';

describe('HubSpot’s throttles, met by HubSpot’s own client', () => {
  let session: HubSpotSession;
  let client: Client;
  beforeAll(async () => {
    session = await HubSpotSession.start();
    ({ client } = await session.client());
  });
  afterAll(() => session.sandbox.close());
  beforeEach(() => session.control('DELETE', ''));

  const page = () => client.crm.contacts.basicApi.getPage(1);

  it.each([
    [1, undefined, 'SECONDLY', undefined],
    [10, undefined, 'TEN_SECONDLY_ROLLING', undefined],
    [600, undefined, 'TEN_SECONDLY_ROLLING', '600'],
    [600, 'DAILY', 'DAILY', undefined],
  ])('names its policy: %is, variant %s', async (for_s, variant, policyName, retryAfter) => {
    await session.control('PUT', '', { throttle: { after: 0, for_s, ...(variant && { variant }) } });
    const { code, body, headers } = await failureOf(page());
    expect(code).toBe(429);
    expect(body).toMatchObject({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName,
      message: expect.any(String),
    });
    expect(headers['retry-after']).toBe(retryAfter);
    expect(headers['x-hubspot-ratelimit-remaining']).toBe('0');
  });

  it('is recognised by the client, which waits and tries again', async () => {
    const errors: unknown[] = [];
    const log = console.error;
    console.error = (...line: unknown[]) => void errors.push(line.join(' '));
    try {
      await session.control('PUT', '', { throttle: { after: 0, for_s: 0.5 } });
      const { tokens } = await session.client();
      const patient = new Client({
        basePath: session.base,
        accessToken: tokens.accessToken,
        numberOfApiCallRetries: 3,
      });
      expect((await patient.crm.contacts.basicApi.getPage(1)).results.length).toBe(1);
    } finally {
      console.error = log;
    }
    expect(errors).toEqual([expect.stringContaining('[429]')]);
  });

  it('carries the headers of the ten-second window on lists, and none on searches', async () => {
    const { tokens } = await session.client();
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(session.base + path, {
        ...init,
        headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' },
      });
    const list = await ask('/crm/objects/2026-03/contacts');
    expect(list.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(list.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    const search = await ask('/crm/objects/2026-03/contacts/search', { method: 'POST', body: '{}' });
    expect([search.status, search.headers.get('x-hubspot-ratelimit-max')]).toEqual([200, null]);
  });
});
