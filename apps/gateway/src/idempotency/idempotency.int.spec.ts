import { randomUUID } from 'node:crypto';

import { serviceDatabaseUrl } from '@connections/platform';
import pg from 'pg';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;

beforeAll(async () => {
  house = await House.start(allServices);
}, 60_000);
afterAll(() => house?.close(), 60_000);
beforeEach(async () => void (admin = await house.member('admin')));

const post = (path: string, body?: unknown, key: string = randomUUID(), caller = admin) =>
  house.request('POST', path, caller, body, { 'Idempotency-Key': key });
const audited = async () => (await house.request('GET', 'audit', admin)).body.entries.length as number;
const person = (email = `${randomUUID()}@acme.test`) => ({ email, name: 'Eve', role: 'viewer' });
const stored = async () => {
  const client = new pg.Client(serviceDatabaseUrl(house.postgres.url, 'access'));
  await client.connect();
  try {
    return JSON.stringify((await client.query('SELECT * FROM claimed_request')).rows);
  } finally {
    await client.end();
  }
};

describe('a repeat under the same Idempotency-Key', () => {
  it('is answered to the letter, and does nothing', async () => {
    const [key, body] = [randomUUID(), person()];
    const first = await post('members', body, key);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
    const entries = await audited();
    const again = await post('members', { role: body.role, name: body.name, email: body.email }, key);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(await audited()).toBe(entries);
    // Without the key it is another request.
    expect((await house.request('POST', 'members', admin, body)).body.error.code).toBe('member_exists');
  });

  it('is answered alike when it was refused', async () => {
    const [key, missing] = [randomUUID(), randomUUID()];
    const first = await post(`connections/${missing}/sync`, undefined, key);
    const again = await post(`connections/${missing}/sync`, undefined, key);
    expect([first.status, again.status, again.text]).toEqual([404, 404, first.text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('runs again when the first one failed on our side', async () => {
    const [key, body] = [randomUUID(), { connector_type: 'pipedrive', api_key: 'sandbox_1001' }];
    await house.stop('catalog');
    expect((await post('connections', body, key)).status).toBe(503);
    await house.restart('catalog');
    const answer = await post('connections', body, key);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('with another body is a conflict, also when the first body was wrong', async () => {
    const key = randomUUID();
    expect((await post('members', {}, key)).status).toBe(400);
    const other = await post('members', person(), key);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency_conflict']);
  });

  it('is refused alike when its body is nested as deep as bytes allow', async () => {
    const body = `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const key = randomUUID();
    const [first, again] = [await post('members', body, key), await post('members', body, key)];
    expect([first.status, again.status, again.text]).toEqual([400, 400, first.text]);
  });

  it('passes the gates first', async () => {
    const [key, body] = [randomUUID(), person()];
    expect((await post('members', body, key)).status).toBe(201);
    const other = await house.member('admin', admin.workspaceId);
    await house.request('PATCH', `members/${admin.userId}`, other, { role: 'viewer' });
    const refused = await post('members', body, key);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'missing_scope']);
    // Refusals by the gates are not kept: the key answers again as soon as they are open.
    await house.request('PATCH', `members/${admin.userId}`, other, { role: 'admin' });
    expect((await post('members', body, key)).status).toBe(201);
  });

  it('counts for this caller, method and path only', async () => {
    const [key, body] = [randomUUID(), person()];
    expect((await post('members', body, key)).status).toBe(201);
    const other = await house.member('admin', admin.workspaceId);
    expect((await post('members', body, key, other)).status).toBe(409);
    const renamed = await house.request('DELETE', `members/${randomUUID()}`, admin, undefined, {
      'Idempotency-Key': key,
    });
    expect(renamed.status).toBe(404);
  });

  it('at the same time is told to wait, and only one runs', async () => {
    const [key, body] = [randomUUID(), person()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('members', body, key)));
    const codes = answers.map((answer) => answer.body.error?.code ?? answer.status);
    expect(new Set(codes)).toEqual(
      new Set(codes.includes('idempotency_in_progress') ? [201, 'idempotency_in_progress'] : [201]),
    );
    expect(
      answers.filter((answer) => answer.status === 201 && !answer.headers.has('idempotent-replayed')),
    ).toHaveLength(1);
  });
});

describe('what must not be kept', () => {
  it('an API key is made anew each time', async () => {
    const body = { name: 'CI', scopes: ['connections:read'] };
    const key = randomUUID();
    const answers = [await post('api-keys', body, key), await post('api-keys', body, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body.key).not.toBe(answers[1]?.body.key);
    expect(await stored()).not.toContain(answers[0]?.body.key);
  });

  it('an authorize URL is minted anew, of the same row', async () => {
    const key = randomUUID();
    const connect = (body: object) => post('connections', body, key);
    const first = await connect({ connector_type: 'hubspot' });
    const again = await connect({ connector_type: 'hubspot' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.connection.id).toBe(first.body.connection.id);
    expect(again.body.authorize_url).not.toBe(first.body.authorize_url);
    expect((await connect({ connector_type: 'notion' })).status).toBe(422);
    expect(await stored()).not.toContain('authorize_url');
  });

  it('a body and its key', async () => {
    const key = `mine-${randomUUID()}`;
    const body = { connector_type: 'pipedrive', api_key: 'sandbox_1002' };
    expect((await post('connections', body, key)).status).toBe(201);
    const kept = await stored();
    expect(kept).toContain('pipedrive');
    expect(kept).not.toContain('sandbox_1002');
    expect(kept).not.toContain(key);
  });
});

it.each(['', 'x'.repeat(256), 'a\u0085b'])('a key like %j is refused by name', async (key) => {
  const { status, body } = await post('members', person(), key);
  expect([status, body.error.details.fields[0].path]).toEqual([400, 'Idempotency-Key']);
});

it('a key of 255 characters is taken, and none is asked of a PUT', async () => {
  expect((await post('members', person(), 'x'.repeat(255))).status).toBe(201);
  const put = (enabled: boolean) =>
    house.request('PUT', 'settings/apps/connections', admin, { enabled }, { 'Idempotency-Key': 'k' });
  expect([(await put(false)).status, (await put(true)).status]).toEqual([200, 200]);
});
