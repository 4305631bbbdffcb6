import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

import { House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;

beforeAll(async () => {
  house = await House.start(['access', 'catalog', 'connections', 'projection', 'gateway']);
  admin = await house.member('admin');
}, 60_000);
afterAll(() => house?.close(), 60_000);

const id = randomUUID();

/** Sent as it stands: `fetch` adds headers, and takes not every method. */
function raw(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const { hostname, port } = new URL(house.service('gateway').url);
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request(
        {
          hostname,
          port,
          method,
          path: `/api/platform/v1/${path}`,
          headers: { 'X-API-Key': admin.key, ...headers },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        },
      );
      sent.on('error', reject).end(body);
    },
  );
}

describe('Accept', () => {
  const accepting = async (path: string, accept: string, method = 'GET') =>
    (await house.request(method, path, admin, undefined, { Accept: accept })).status;

  it('leaves room for what is answered, or the answer is 406', async () => {
    expect(await accepting('me', 'application/json')).toBe(200);
    expect(await accepting('me', 'text/html, */*;q=0.1')).toBe(200);
    expect(await accepting('me', 'text/html')).toBe(406);
    expect(await accepting('me', 'application/json;q=0')).toBe(406);
    expect(await accepting('connections', 'application/xml', 'POST')).toBe(406);
    const { body } = await house.request('GET', 'me', admin, undefined, { Accept: 'text/html' });
    expect(body.error).toEqual({ code: 'not_acceptable', message: expect.any(String) });
  });

  it('of live events is text/event-stream', async () => {
    expect(await accepting('connections/events', 'application/json')).toBe(406);
    expect(await accepting('connections/events', 'text/event-stream', 'HEAD')).toBe(200);
  });

  it('is looked at after credential and route', async () => {
    const accept = { Accept: 'text/html' };
    expect((await house.request('GET', 'me', undefined, undefined, accept)).status).toBe(401);
    expect((await house.request('GET', 'nowhere', admin, undefined, accept)).status).toBe(404);
    expect((await house.request('GET', '/api/openapi.json', undefined, undefined, accept)).status).toBe(200);
  });
});

describe('a body', () => {
  it('that is empty needs no content type, and may have any', async () => {
    const sync = `connections/${id}/sync`;
    expect((await raw('POST', sync)).status).toBe(404);
    expect((await raw('POST', sync, { 'Content-Length': '0' })).status).toBe(404);
    expect((await raw('POST', sync, { 'Content-Length': '0', 'Content-Type': 'text/plain' })).status).toBe(
      404,
    );
    expect(
      (await raw('POST', sync, { 'Content-Length': '0', 'Content-Type': 'application/json' })).status,
    ).toBe(404);
    expect((await raw('DELETE', `connections/${id}`)).status).toBe(404);
  });

  it('that is not JSON is 415, with and without a type', async () => {
    const status = async (headers: Record<string, string>) =>
      (await raw('POST', 'connections', { 'Content-Length': '3', ...headers }, 'a=b')).status;
    expect(await status({})).toBe(415);
    expect(await status({ 'Content-Type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect(await status({ 'Content-Type': 'nonsense' })).toBe(415);
    expect(await status({ 'Content-Type': 'application/json; charset=utf-8' })).toBe(400);
  });

  it('that is packed is 415', async () => {
    const packed = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'Content-Length': '2' };
    expect((await raw('POST', 'connections', packed, '{}')).status).toBe(415);
    const plain = { ...packed, 'Content-Encoding': 'identity' };
    expect((await raw('POST', 'connections', plain, '{}')).status).toBe(400);
  });

  it('of 64 KiB is read, and of a byte more is not', async () => {
    const sized = (bytes: number) => JSON.stringify({ connector_type: 'x'.repeat(bytes - 21) });
    expect(sized(65_536)).toHaveLength(65_536);
    expect((await house.request('POST', 'connections', admin, sized(65_536))).status).toBe(400);
    expect((await house.request('POST', 'connections', admin, sized(65_537))).status).toBe(413);
    const chunked = { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/json' };
    expect((await raw('POST', 'connections', chunked, sized(70_000))).status).toBe(413);
  });
});

describe('HEAD', () => {
  it.each([
    'connections',
    'connections/catalog',
    `connections/${id}`,
    `connections/${id}/status`,
    'me',
    'operations',
    'members',
    'api-keys',
    'settings/apps',
    'settings/access',
    'audit',
    'nowhere',
    'connections?limit=0',
    '/api/openapi.json',
    '/api/docs',
    '/healthz',
  ])('of %s has status and headers of GET', async (path) => {
    const [get, head] = [await house.request('GET', path, admin), await house.request('HEAD', path, admin)];
    expect([head.status, head.text]).toEqual([get.status, '']);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'vary']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    }
  });

  it('does not go through the doors that a GET goes through', async () => {
    const head = await house.request('HEAD', 'oauth/callback?state=x&code=y');
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
  });
});

describe('OPTIONS', () => {
  it('tells a caller the methods of a path', async () => {
    const answer = await house.request('OPTIONS', `connections/${id}`, admin);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH');
  });

  it('is refused like any other method', async () => {
    expect((await house.request('OPTIONS', `connections/${id}`)).status).toBe(401);
    expect((await house.request('OPTIONS', 'nowhere', admin)).status).toBe(404);
  });
});

describe('methods that nobody offers', () => {
  it.each(['TRACE', 'PROPFIND', 'LINK'])('%s is 405 on a path, 404 on none', async (method) => {
    const answer = await raw(method, 'connections');
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
    expect(JSON.parse(answer.text).error.code).toBe('method_not_allowed');
    expect((await raw(method, 'nowhere')).status).toBe(404);
  });
});
