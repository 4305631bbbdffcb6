import { serviceDatabaseUrl } from '@connections/platform';
import { eventually } from '@connections/testing';
import pg from 'pg';

import { EventSourceClient } from '../../test/event-source.js';
import { allServices, House, type Answer, type Caller } from '../../test/house.js';

const PATH = '/api/admin/connector-cadence';
const ALL = ['connections:read', 'platform:read', 'platform:write'];

let house: House;
let customer: Caller;
let staff: Caller;
let engineer: Caller;
let superadmin: Caller;

beforeAll(async () => {
  house = await House.start(allServices);
  customer = await house.member('admin');
  [staff, engineer, superadmin] = await Promise.all([
    house.member('admin', customer.workspaceId, ALL.slice(0, 2), 'platform_member'),
    house.member('admin', customer.workspaceId, ALL, 'engineering'),
    house.member('admin', customer.workspaceId, [...ALL, 'keys:manage', 'audit:read'], 'superadmin'),
  ]);
}, 90_000);
afterAll(() => house?.close(), 60_000);

const put = (type: string, body: unknown, caller = engineer) =>
  house.request('PUT', `${PATH}/${type}`, caller, body);
const set = (type: string, sync_interval: string | null, caller = engineer) =>
  put(type, { sync_interval }, caller);
const entries = async (caller: Caller): Promise<Record<string, unknown>[]> =>
  (await house.request('GET', PATH, caller)).body.connectors;
const entry = async (type: string) =>
  (await entries(staff)).find(({ connector_type }) => connector_type === type);

describe('the cadence of connectors', () => {
  it('is listed for the whole catalog', async () => {
    const { body } = await house.request('GET', 'connections/catalog', customer);
    const catalog = body.connectors as { type: string; default_interval: string }[];
    expect(catalog).toHaveLength(17);
    expect(await entries(staff)).toEqual(
      catalog.map(({ type, default_interval }) => ({
        connector_type: type,
        default_interval,
        override: null,
        effective_interval: default_interval,
        updated_by: null,
        updated_at: null,
      })),
    );
  });

  it.each(['1m', '10m', '30m', '1h', '6h', '1d'])(
    'is overridden by %s, which reads show',
    async (interval) => {
      const answer = await set('notion', interval);
      expect(answer).toMatchObject({
        status: 200,
        body: {
          connector_type: 'notion',
          default_interval: '6h',
          override: interval,
          effective_interval: interval,
          updated_by: { user_id: engineer.userId, name: 'Ada' },
          updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        },
      });
      expect(await entry('notion')).toEqual(answer.body);
    },
  );

  it('is reset by null; the catalog shows the default all the while', async () => {
    await set('slack', '1d', superadmin);
    const { body } = await house.request('GET', 'connections/catalog?category=comms', customer);
    expect(body.connectors.find(({ type }: { type: string }) => type === 'slack')).toMatchObject({
      default_interval: '10m',
    });
    const answer = await set('slack', null);
    expect(answer.body).toMatchObject({
      override: null,
      effective_interval: '10m',
      updated_by: { user_id: engineer.userId, name: 'Ada' },
    });
    expect(await entry('slack')).toEqual(answer.body);
  });

  it('names who set it only as long as they are a member of any workspace', async () => {
    const leaver = await house.member('editor', customer.workspaceId, ALL, 'engineering');
    await set('granola', '1d', leaver);
    expect(await entry('granola')).toMatchObject({ updated_by: { user_id: leaver.userId, name: 'Ada' } });
    await house.request('DELETE', `members/${leaver.userId}`, customer);
    expect(await entry('granola')).toMatchObject({ updated_by: { user_id: leaver.userId, name: null } });
  });

  it('set to what it is stays as it was, also by whom', async () => {
    const first = await set('gong', '30m');
    expect((await set('gong', '30m', superadmin)).body).toEqual(first.body);
    // Never touched, and reset.
    expect((await set('fathom', null)).body).toMatchObject({ override: null, updated_by: null });
  });

  it.each<[string, string, unknown, number, string]>([
    ['no preset', 'hubspot', { sync_interval: '5m' }, 400, 'unsupported_interval'],
    ['empty', 'hubspot', { sync_interval: '' }, 400, 'unsupported_interval'],
    ['another letter case', 'hubspot', { sync_interval: '1H' }, 400, 'unsupported_interval'],
    ['no preset of an unknown type', 'nonesuch', { sync_interval: '5m' }, 400, 'unsupported_interval'],
    ['a number', 'hubspot', { sync_interval: 60 }, 400, 'invalid_request'],
    ['nothing', 'hubspot', {}, 400, 'invalid_request'],
    ['an unknown field', 'hubspot', { sync_interval: '1m', force: true }, 400, 'invalid_request'],
    ['an unknown type', 'nonesuch', { sync_interval: '1m' }, 404, 'not_found'],
    ['what can be no type', '%00', { sync_interval: '1m' }, 404, 'not_found'],
    ['a property of objects', 'constructor', { sync_interval: null }, 404, 'not_found'],
  ])('refuses %s', async (_what, type, body, status, code) => {
    const before = await entries(staff);
    const answer = await put(type, body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(await entries(staff)).toEqual(before);
  });

  it('is in the document, and no operation of a workspace', async () => {
    const { body } = await house.request('GET', '/api/openapi.json');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([PATH, `${PATH}/{type}`]));
    const listed = (await house.request('GET', 'operations', superadmin)).body.operations;
    const paths = listed.map(({ path }: { path: string }) => path);
    expect(paths.filter((path: string) => !path.startsWith('/api/platform/v1/'))).toEqual([]);
  });
});

describe('who is not of the platform', () => {
  const asText = ({ status, text, headers }: Answer) => {
    const volatile = /^(x-request-id|traceparent|date|ratelimit.*)$/;
    return [status, text, [...headers].filter(([name]) => !volatile.test(name))];
  };

  it.each<{ method: string; path: string; body?: unknown; type?: string }>([
    { method: 'GET', path: '' },
    { method: 'HEAD', path: '' },
    { method: 'OPTIONS', path: '' },
    { method: 'POST', path: '', body: {} },
    { method: 'DELETE', path: '' },
    { method: 'PUT', path: '/hubspot', body: { sync_interval: '1m' } },
    { method: 'PUT', path: '/hubspot', body: 'x'.repeat(100_000) },
    { method: 'PUT', path: '/hubspot', body: '{', type: 'text/plain' },
    { method: 'GET', path: '/hubspot' },
    { method: 'PUT', path: '/nonesuch', body: {} },
  ])('$method $path: sees what an unknown path shows', async ({ method, path, body, type }) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
    const ask = (url: string) => house.request(method, url, customer, body, headers);
    const expected = asText(await ask('/api/platform/v1/no-such-path'));
    expect(asText(await ask(PATH + path))).toEqual(expected);
    expect(asText(await ask(PATH.replace('admin', '%61dmin') + path))).toEqual(expected);
  });

  it('leaves no entry in the audit; the platform’s staff does', async () => {
    await set('hubspot', '1m', customer);
    await set('pylon', '1m', staff);
    const done = await set('pylon', '6h', engineer);
    const { entries: found } = (await house.request('GET', 'audit?limit=200', superadmin)).body as {
      entries: {
        who: { user_id: string };
        what: string;
        target: string;
        outcome: string;
        code: string | null;
      }[];
    };
    const mine = found.filter(({ what }) => what.includes('cadence'));
    expect(mine.filter(({ who }) => who.user_id === customer.userId)).toEqual([]);
    expect(mine[0]).toMatchObject({
      what: 'admin.set_connector_cadence',
      target: 'pylon',
      target_type: 'connector',
      target_name: 'Pylon',
      outcome: 'succeeded',
      who: { user_id: engineer.userId },
      request_id: done.headers.get('x-request-id'),
    });
    expect(mine[1]).toMatchObject({
      target: 'pylon',
      outcome: 'refused',
      code: 'platform_role_required',
      who: { user_id: staff.userId },
    });
  });

  it('gets no key with a scope of the platform; who is, as far as their own go', async () => {
    const make = async (caller: Caller, ...scopes: string[]) => {
      const { status, body } = await house.request('POST', 'api-keys', caller, { name: 'k', scopes });
      return [status, body.error?.code];
    };
    expect(await make(customer, 'platform:read')).toEqual([403, 'missing_scope']);
    expect(await make(superadmin, 'platform:read', 'platform:write')).toEqual([201, undefined]);
    const manager = await house.member(
      'admin',
      customer.workspaceId,
      ['keys:manage', 'platform:read'],
      'platform_member',
    );
    expect(await make(manager, 'platform:read')).toEqual([201, undefined]);
    expect(await make(manager, 'platform:write')).toEqual([403, 'missing_scope']);
    const roles = await Promise.all(
      [customer, staff, engineer, superadmin].map((caller) => house.request('GET', 'me', caller)),
    );
    expect(roles.map(({ body }) => body.platform_role)).toEqual([
      null,
      'platform_member',
      'engineering',
      'superadmin',
    ]);
  });
});

it('turns connections stale, and healthy again, with the answer; subscribers and caches hear of it', async () => {
  const made = await house.request('POST', 'connections', customer, {
    connector_type: 'pipedrive',
    api_key: 'sandbox_1001',
  });
  const { id } = await house.settled(made.body.connection.id, customer);
  await pastRuns(id, '2 hours');
  const status = (headers = {}) =>
    house.request('GET', `connections/${id}/status`, customer, undefined, headers);
  const healthy = await status();
  expect(healthy.body.health).toBe('healthy');
  const url = `${house.service('gateway').url}/api/platform/v1/connections/events`;
  const live = await EventSourceClient.open(url, { 'X-API-Key': customer.key });
  await eventually(() => expect(live.lastEventId).not.toBe(''));

  // Paused, or the new cadence would have it synced before anybody sees how stale it is.
  await house.request('POST', `connections/${id}/pause`, customer);
  await set('pipedrive', '10m');
  const stale = await status({ 'If-None-Match': healthy.headers.get('etag') ?? '' });
  expect(stale).toMatchObject({ status: 200, body: { health: 'stale' } });
  const told = await live.heard(({ data }) => data.id === id && data.health === 'stale');
  expect(told).toMatchObject({ event: 'connection.changed', data: stale.body });
  const { body } = await house.request('GET', 'connections?health=stale', customer);
  expect(body.connections.map((one: { id: string }) => one.id)).toEqual([id]);

  await set('pipedrive', '1d');
  expect((await status()).body.health).toBe('healthy');
  await set('pipedrive', '1m');
  expect((await status()).body.health).toBe('stale');
  await set('pipedrive', null);
  expect((await status()).body.health).toBe('healthy');
  live.close();
}, 60_000);

it.each(['6h', '1m', null])('moves the next sync by %s to where the schedule has it', async (interval) => {
  const caller = await house.member('admin');
  const made = await house.request('POST', 'connections', caller, {
    connector_type: 'fathom',
    api_key: 'sandbox_1001',
  });
  const { id } = await house.settled(made.body.connection.id, caller);
  await set('fathom', interval ?? '1d');
  if (interval === null) await set('fathom', null);
  await eventually(async () => {
    const due = (await scheduledAt(id)).getTime();
    const { next_sync_at, sync_interval } = (await house.request('GET', `connections/${id}`, caller)).body;
    expect(sync_interval).toBe(interval ?? '1h');
    // Sync heard of the change a moment after it was made, and the answer is in whole seconds.
    expect(Math.abs(Date.parse(next_sync_at) - Math.max(due, Date.now()))).toBeLessThan(3000);
  });
});

/** When sync means to sync a connection next. */
async function scheduledAt(id: string): Promise<Date> {
  const client = new pg.Client(serviceDatabaseUrl(house.postgres.url, 'sync'));
  await client.connect();
  try {
    const { rows } = await client.query<{ next_due: Date }>(
      'select next_due from connection where connection_id = $1',
      [id],
    );
    return rows[0]!.next_due;
  } finally {
    await client.end();
  }
}

/** As if the connection's runs, and its connect, had been so long ago. */
async function pastRuns(id: string, age: string): Promise<void> {
  const client = new pg.Client(serviceDatabaseUrl(house.postgres.url, 'projection'));
  await client.connect();
  try {
    await client.query(
      `update run_view set started_at = started_at - $2::interval, finished_at = finished_at - $2::interval
       where connection_id = $1`,
      [id, age],
    );
    await client.query(
      'update connection_view set connected_at = connected_at - $2::interval where id = $1',
      [id, age],
    );
  } finally {
    await client.end();
  }
}
