import { House, type Caller } from '../../test/house.js';

const ORIGIN = 'https://app.example.com';

let house: House;
let admin: Caller;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway'], {
    CORS_ORIGINS: `${ORIGIN}, http://localhost:5173`,
    GATEWAY_PUBLIC_URL: 'https://api.example.com',
  });
  admin = await house.member('admin');
}, 60_000);
afterAll(() => house?.close(), 60_000);

const from = (origin: string, method = 'GET', caller?: Caller, headers = {}) =>
  house.request(method, 'connections', caller, undefined, { Origin: origin, ...headers });
const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-api-key' };

describe('a page of a listed origin', () => {
  it('is let in before authentication', async () => {
    const answer = await from(ORIGIN, 'OPTIONS', undefined, preflight);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(answer.headers.get('vary')).toBe('Origin');
  });

  it('may read answers and refusals, and the headers that it needs', async () => {
    for (const answer of [
      await from(ORIGIN, 'GET', admin),
      await from(ORIGIN),
      await from(ORIGIN, 'PUT', admin),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(answer.headers.get('access-control-expose-headers')).toMatch(/ETag.*RateLimit.*X-Request-Id/);
    }
    const answer = await from('http://localhost:5173', 'GET', admin);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(answer.headers.get('vary')).toBe('Origin, Authorization, X-API-Key, Cookie');
    const known = await from(ORIGIN, 'GET', admin, { 'If-None-Match': answer.headers.get('etag') });
    expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([304, ORIGIN]);
  });
});

describe('a page of any other origin', () => {
  it.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
    '%s is told nothing',
    async (origin) => {
      for (const answer of [
        await from(origin, 'GET', admin),
        await from(origin, 'OPTIONS', undefined, preflight),
      ]) {
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
        expect(answer.headers.get('vary')).toContain('Origin');
      }
      expect((await from(origin, 'OPTIONS', undefined, preflight)).status).toBe(401);
    },
  );
});

describe('security headers', () => {
  it.each(['connections', 'nowhere', '/api/openapi.json', '/healthz'])(
    'of %s let nothing run',
    async (path) => {
      const { headers } = await house.request('GET', path, admin);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
    },
  );

  it('of the documentation let its own scripts run, which are no inline ones', async () => {
    const { headers, text } = await house.request('GET', '/api/docs');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(text.match(/<script(?! src="\/api\/docs\/)/)).toBeNull();
    expect(text).not.toMatch(/ on\w+=|javascript:/);
  });

  it('of a page keep it out of frames', async () => {
    const { headers } = await house.request('GET', '/connections?connect=success');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

it.each(['me', 'members', 'connections/x', 'operations'])('%s is not to be stored', async (path) => {
  expect((await house.request('GET', path, admin)).headers.get('cache-control')).toBe('no-store');
});
