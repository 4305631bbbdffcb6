import { randomUUID } from 'node:crypto';

import { eventually } from '@connections/testing';
import { connect } from '@nats-io/transport-node';

import { House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let viewer: Caller;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway']);
  admin = await house.member('admin');
  viewer = await house.member('viewer', admin.workspaceId);
}, 60_000);
afterAll(() => house?.close(), 60_000);

describe('credentials', () => {
  it('are asked for', async () => {
    const answer = await house.request('GET', 'connections');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toEqual({ error: { code: 'unauthenticated', message: expect.any(String) } });
  });

  it('come as X-API-Key or Bearer, and Authorization wins', async () => {
    const bearer = { Authorization: `Bearer ${viewer.key}` };
    expect((await house.request('GET', 'me', admin)).body.user_id).toBe(admin.userId);
    expect((await house.request('GET', 'me', undefined, undefined, bearer)).body.user_id).toBe(viewer.userId);
    expect((await house.request('GET', 'me', admin, undefined, bearer)).body.user_id).toBe(viewer.userId);
    const basic = { Authorization: 'Basic YTpi' };
    expect((await house.request('GET', 'me', admin, undefined, basic)).status).toBe(401);
  });

  it('that nobody holds are refused', async () => {
    expect((await house.request('GET', 'me', { ...admin, key: 'amdahl_sk_live_nobody' })).status).toBe(401);
  });

  it('are refused once revoked', async () => {
    const leaver = await house.member('viewer', admin.workspaceId);
    expect((await house.request('GET', 'me', leaver)).status).toBe(200);
    await house.revoke(leaver);
    await eventually(async () => expect((await house.request('GET', 'me', leaver)).status).toBe(401), {
      timeoutMs: 1000,
    });
  });

  it('say who asks', async () => {
    expect((await house.request('GET', 'me', viewer)).body).toEqual({
      user_id: viewer.userId,
      name: 'Ada',
      email: `${viewer.userId}@acme.test`,
      workspace: { id: viewer.workspaceId, name: 'Acme', slug: expect.any(String) },
      workspaces: [{ id: viewer.workspaceId, name: 'Acme', slug: expect.any(String) }],
      role: 'viewer',
      platform_role: null,
      scopes: ['connections:read'],
      surfaces: { connections: 'write' },
      apps: { connections: true },
    });
  });
});

describe('refusals', () => {
  const id = randomUUID();
  const code = async (...request: Parameters<House['request']>) => {
    const { status, body } = await house.request(...request);
    return [status, body?.error.code];
  };
  const large = { connector_type: 'x'.repeat(70_000) };

  it('come in order: credential, route, body’s form, scope, body, row', async () => {
    expect(await code('GET', 'nowhere')).toEqual([401, 'unauthenticated']);
    expect(await code('GET', 'nowhere', viewer)).toEqual([404, 'not_found']);
    expect(await code('PUT', 'connections', viewer, large)).toEqual([405, 'method_not_allowed']);
    expect(await code('POST', 'connections', viewer, large)).toEqual([413, 'payload_too_large']);
    expect(await code('POST', 'connections', viewer, 'a=b', { 'Content-Type': 'text/plain' })).toEqual([
      415,
      'unsupported_media_type',
    ]);
    expect(await code('POST', 'connections', viewer, '{')).toEqual([403, 'missing_scope']);
    expect(await code('POST', 'connections', admin, '{')).toEqual([400, 'invalid_request']);
    expect(await code('PATCH', `connections/${id}`, admin, {})).toEqual([400, 'invalid_request']);
    expect(await code('POST', `connections/${id}/sync`, admin)).toEqual([404, 'not_found']);
  });

  it('name the methods that a path takes', async () => {
    const answer = await house.request('PUT', `connections/${id}`, admin);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH');
  });

  it('name the scope that is missing', async () => {
    const { body } = await house.request('DELETE', `connections/${id}`, viewer);
    expect(body.error.details).toEqual({ required: 'connections:delete' });
  });

  it('name fields and parameters that are wrong', async () => {
    const wrong = { connector_type: 5, api_key: '', surprise: true };
    const { body } = await house.request('POST', 'connections?verbose=1', admin, wrong);
    expect(body.error.details.fields).toEqual([
      { path: 'verbose', message: 'is not a query parameter of this route' },
      { path: 'surprise', message: 'is not a field of this request' },
      { path: 'connector_type', message: 'must be text of 1 to 100 characters, without control characters' },
      { path: 'api_key', message: 'must be text of 1 to 4096 characters, without control characters' },
    ]);
  });

  it.each([
    'connections?status=fine',
    'connections?health=good',
    'connections?category=',
    'connections?limit=0',
    'connections?limit=ten',
    'connections?cursor=abc',
    'connections?status=error&status=paused',
    'connections/catalog?kind=x',
    `connections/${id}/runs?cursor=abc`,
    `connections/${id}/records?updated_after=yesterday`,
    `connections/${id}/records?stream=%00`,
    `connections/${id}?fields=id`,
  ])('meet GET %s', async (path) => expect(await code('GET', path, admin)).toEqual([400, 'invalid_request']));

  it('do not tell an id of nobody from no id at all', async () => {
    const of = async (name: string) => (await house.request('GET', name, admin)).text;
    const unknown = await of(`connections/${id}`);
    expect(await of('connections/not-an-id')).toBe(unknown);
    expect(await of(`connections/${id}/status`)).toBe(unknown);
    expect(await of(`connections/${id}/runs`)).toBe(unknown);
    expect(await of(`connections/${id}/runs/run_1`)).toBe(unknown);
    expect(await of(`connections/${id}/streams`)).toBe(unknown);
    expect(await of(`connections/${id}/records`)).toBe(unknown);
  });
});

describe('every answer', () => {
  it('carries a request id, echoed where it is one', async () => {
    const echoed = await house.request('GET', 'me', admin, undefined, { 'X-Request-Id': 'abc.1_-' });
    expect(echoed.headers.get('x-request-id')).toBe('abc.1_-');
    const own = await house.request('GET', 'nowhere', undefined, undefined, { 'X-Request-Id': 'no good' });
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}-[0-9a-f]{12}$/);
  });

  it('carries the trace, continued where one was begun', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { headers } = await house.request('GET', 'me', admin, undefined, { traceparent });
    expect(headers.get('traceparent')).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-0[01]$/);
  });

  it('is not to be stored', async () => {
    expect((await house.request('GET', 'me', admin)).headers.get('cache-control')).toBe('no-store');
  });

  it('to HEAD has the headers of GET and no body', async () => {
    const get = await house.request('GET', 'connections', admin);
    const head = await house.request('HEAD', 'connections', admin);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });
});

describe('If-None-Match', () => {
  const list = (known: string, caller = admin, path = 'connections') =>
    house.request('GET', path, caller, undefined, { 'If-None-Match': known });

  it('is answered 304 with the headers of 200, for one’s own tag, a weak one, one of several, or any', async () => {
    const { headers } = await house.request('GET', 'connections', admin);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await list(known);
      expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([304, '', null]);
      for (const name of ['etag', 'cache-control', 'vary']) {
        expect(answer.headers.get(name)).toBe(headers.get(name));
      }
    }
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toBe('Authorization, X-API-Key, Cookie');
    expect((await list('"other"')).status).toBe(200);
  });

  it('comes after the gates and the row', async () => {
    expect((await list('*', { ...admin, key: 'amdahl_sk_live_nobody' })).status).toBe(401);
    const missing = await list('*', admin, `connections/${randomUUID()}`);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

describe('an empty workspace', () => {
  it('lists nothing', async () => {
    expect((await house.request('GET', 'connections', viewer)).body).toEqual({
      connections: [],
      next_cursor: null,
    });
  });
});

describe('OpenAPI', () => {
  it('is served to anybody, as 3.1', async () => {
    const { status, body } = await house.request('GET', '/api/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    expect(Object.keys(body.paths)).toContain('/api/platform/v1/connections/{id}/status');
    expect(body.paths['/api/platform/v1/connections'].get.operationId).toBe('connections.list');
  });

  it('can be browsed', async () => {
    expect((await house.request('GET', '/api/docs')).text).toContain('swagger-ui-bundle.js');
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) {
      expect((await house.request('GET', `/api/docs/${file}`)).status).toBe(200);
    }
  });
});

describe('readiness', () => {
  it('tells what is away', async () => {
    // No puller has made the record store yet.
    const { status, body } = await house.request('GET', '/readyz');
    expect([status, body.checks.nats, body.checks['read model']]).toEqual([503, 'ok', 'ok']);
    expect(body.checks['record store']).toMatch(/^failing/);
    expect((await house.request('GET', '/healthz')).status).toBe(200);
  });
});

describe('with a part away', () => {
  it('catalog: 503 and when to try again', async () => {
    const { status, headers, body } = await house.request('GET', 'connections/catalog', admin);
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  });

  it('catalog silent: 504', async () => {
    const silent = await connect({ servers: house.nats.url });
    silent.subscribe('rpc.catalog.*');
    await silent.flush();
    const { status, body } = await house.request('GET', 'connections/catalog', admin);
    expect([status, body]).toEqual([504, { error: { code: 'timeout', message: expect.any(String) } }]);
    await silent.close();
  }, 15_000);

  it('access: 503 after a second, never a stale yes', async () => {
    await house.stop('access');
    await eventually(async () => {
      const { status, body } = await house.request('GET', 'connections', admin);
      expect([status, body.error?.code]).toEqual([503, 'unavailable']);
    });
    await house.restart('access');
    await eventually(async () => expect((await house.request('GET', 'connections', admin)).status).toBe(200));
  });

  it('Postgres: 503, no stack trace, and whole again afterwards', async () => {
    await house.postgres.stop();
    await eventually(async () => {
      const { status, headers, text } = await house.request('GET', 'connections', admin);
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(text).not.toMatch(/at .*\.ts|ECONN|select/);
    });
    await house.postgres.start();
    await eventually(async () => expect((await house.request('GET', 'connections', admin)).status).toBe(200));
  });

  it('NATS: 503, and whole again afterwards', async () => {
    await house.nats.stop();
    await eventually(async () => expect((await house.request('GET', 'connections', admin)).status).toBe(503));
    await house.nats.start();
    await eventually(async () => expect((await house.request('GET', 'connections', admin)).status).toBe(200));
  });
});
