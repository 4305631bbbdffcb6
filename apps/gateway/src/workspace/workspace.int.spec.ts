import { randomUUID } from 'node:crypto';

import { ConnectionsService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { eventually } from '@connections/testing';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { House, type Answer, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;

beforeAll(async () => {
  house = await House.start(['access', 'catalog', 'connections', 'projection', 'gateway']);
  admin = await house.member('admin');
}, 60_000);
afterAll(() => house?.close(), 60_000);

/** Each listed operation's answer schema, as callers get it. */
let answers: Map<string, ValidateFunction>;

beforeAll(async () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false });
  formats.default(ajv);
  const { operations } = (await house.request('GET', 'operations', admin)).body;
  answers = new Map(
    operations.map(({ id, output_schema: schema }: { id: string; output_schema: object }) => [
      id,
      ajv.compile(schema),
    ]),
  );
});

/** The body of an answer, once it is seen to be what the operation says that it answers. */
function answered(operation: string, { body }: Answer): Answer['body'] {
  const validate = answers.get(operation);
  expect([operation, validate?.(body), validate?.errors]).toEqual([operation, true, null]);
  return body;
}

const code = async (...request: Parameters<House['request']>) => {
  const { status, body } = await house.request(...request);
  return [status, body?.error?.code];
};
const withKey = (caller: Caller, key: string): Caller => ({ ...caller, key });

describe('members', () => {
  it('are added, listed, given another role and removed', async () => {
    const added = await house.request('POST', 'members', admin, {
      email: 'Bob@Acme.test',
      name: 'Bob',
      role: 'viewer',
    });
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/api/platform/v1/members/${added.body.user_id}`);
    const bob = {
      user_id: expect.any(String),
      email: 'bob@acme.test',
      name: 'Bob',
      role: 'viewer',
      platform_role: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    };
    expect(added.body).toEqual(bob);
    const id = added.body.user_id;
    const promoted = await house.request('PATCH', `members/${id}`, admin, { role: 'editor' });
    expect([promoted.status, promoted.body]).toEqual([200, { ...bob, role: 'editor' }]);
    const { members } = (await house.request('GET', 'members', admin)).body;
    expect(members.map((member: { user_id: string }) => member.user_id)).toEqual([admin.userId, id]);
    expect((await house.request('DELETE', `members/${id}`, admin)).body).toEqual({
      user_id: id,
      status: 'removed',
    });
    expect(await code('DELETE', `members/${id}`, admin)).toEqual([404, 'not_found']);
    expect(await code('PATCH', `members/${id}`, admin, { role: 'viewer' })).toEqual([404, 'not_found']);
  });

  it('have one e-mail address each, and a valid request', async () => {
    const eve = { email: 'eve@acme.test', name: 'Eve', role: 'viewer' };
    expect(await code('POST', 'members', admin, eve)).toEqual([201, undefined]);
    expect(await code('POST', 'members', admin, { ...eve, email: 'EVE@acme.test' })).toEqual([
      409,
      'member_exists',
    ]);
    for (const wrong of [
      {},
      { ...eve, role: 'owner' },
      { ...eve, email: 'eve' },
      { ...eve, platform_role: 'superadmin' },
    ]) {
      expect(await code('POST', 'members', admin, wrong)).toEqual([400, 'invalid_request']);
    }
  });

  it('include an admin always', async () => {
    const lone = await house.member('admin');
    expect(await code('PATCH', `members/${lone.userId}`, lone, { role: 'viewer' })).toEqual([
      409,
      'last_admin',
    ]);
    expect(await code('DELETE', `members/${lone.userId}`, lone)).toEqual([409, 'last_admin']);
    const policy = { roles: { viewer: 'write', editor: 'write', admin: 'hidden' } };
    expect(await code('PUT', 'settings/access/connections', lone, policy)).toEqual([409, 'last_admin']);
  });

  it('lose their keys when they are removed', async () => {
    const leaver = await house.member('viewer', admin.workspaceId);
    expect((await house.request('GET', 'me', leaver)).status).toBe(200);
    await house.request('DELETE', `members/${leaver.userId}`, admin);
    expect(await code('GET', 'me', leaver)).toEqual([401, 'unauthenticated']);
    const { api_keys: keys } = (await house.request('GET', 'api-keys', admin)).body;
    expect(keys.map(({ id }: { id: string }) => id)).not.toContain(leaver.keyId);
  });

  it('lose their mailboxes’ ownership, and what rests on their consent is paused', async () => {
    const leaver = await house.member('editor', admin.workspaceId);
    const bus = await Bus.connect('test', house.nats.url);
    const { workspaceId, userId } = leaver;
    const connections = bus.rpc(ConnectionsService, { workspaceId, actor: `user:${userId}` });
    const { connectionId } = await connections.connect({
      workspaceId,
      userId,
      connectorType: 'gmail',
      credentialId: randomUUID(),
      account: { externalId: userId, label: 'box@acme.test' },
    });
    await bus.close();
    await house.request('DELETE', `members/${userId}`, admin);
    await eventually(async () => {
      const { body } = await house.request('GET', `connections/${connectionId}`, admin);
      expect([body.status, body.owner_user_id]).toEqual(['paused', null]);
    });
    expect(await code('POST', `connections/${connectionId}/resume`, admin)).toEqual([409, 'invalid_state']);
  });
});

describe('API keys', () => {
  it('are shown once, work, and are revoked', async () => {
    const made = await house.request('POST', 'api-keys', admin, { name: 'CI', scopes: ['mcp_read_only'] });
    expect(made.status).toBe(201);
    const shown = {
      id: expect.any(String),
      name: 'CI',
      prefix: made.body.key.slice(0, 19),
      scopes: ['connections:read'],
      user_id: admin.userId,
      created_at: expect.any(String),
      expires_at: null,
      last_used_at: null,
    };
    expect(made.body).toEqual({ ...shown, key: expect.stringMatching(/^amdahl_sk_live_[0-9A-Za-z]{43}$/) });
    const caller = withKey(admin, made.body.key);
    expect((await house.request('GET', 'me', caller)).body.scopes).toEqual(['connections:read']);
    const { api_keys: keys } = (await house.request('GET', 'api-keys', admin)).body;
    expect(keys[0]).toEqual({ ...shown, last_used_at: keys[0].last_used_at });
    expect((await house.request('DELETE', `api-keys/${made.body.id}`, admin)).body).toEqual({
      id: made.body.id,
      status: 'revoked',
    });
    expect(await code('GET', 'me', caller)).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['30d', 30],
    ['90d', 90],
    ['365d', 365],
  ])('expire after %s where that is asked for', async (expires_in, days) => {
    const body = { name: 'CI', scopes: ['connections:read'], expires_in };
    const made = answered('api_keys.create', await house.request('POST', 'api-keys', admin, body));
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(days * 24 * 60 * 60 * 1000);
    const { api_keys: keys } = answered('api_keys.list', await house.request('GET', 'api-keys', admin));
    expect(keys.find(({ id }: { id: string }) => id === made.id).expires_at).toBe(made.expires_at);
    await house.request('DELETE', `api-keys/${made.id}`, admin);
  });

  it('never expire where that is asked for, and in no other time than there is', async () => {
    const body = { name: 'CI', scopes: ['connections:read'] };
    const made = await house.request('POST', 'api-keys', admin, { ...body, expires_in: 'never' });
    expect([made.status, made.body.expires_at]).toEqual([201, null]);
    for (const expires_in of ['31d', '30D', '', null, 30, ['30d'], 'toString']) {
      const { status, body: refusal } = await house.request('POST', 'api-keys', admin, {
        ...body,
        expires_in,
      });
      expect([status, refusal.error.details]).toEqual([
        400,
        { fields: [{ path: 'expires_in', message: 'must be one of 30d, 90d, 365d, never' }] },
      ]);
    }
  });

  it('tell the minute in which they were last used, without being asked about it', async () => {
    const { body } = await house.request('POST', 'api-keys', admin, {
      name: 'CI',
      scopes: ['connections:read'],
    });
    const before = Math.floor(Date.now() / 60_000) * 60_000;
    await house.request('GET', 'me', withKey(admin, body.key));
    const shown = await eventually(async () => {
      const { api_keys: keys } = (await house.request('GET', 'api-keys', admin)).body;
      return keys.find(({ id }: { id: string }) => id === body.id).last_used_at ?? null;
    });
    expect(shown).toMatch(/:00Z$/);
    expect(Date.parse(shown)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(shown)).toBeLessThanOrEqual(Date.now());
  });

  it('carry no more than the key they are made with', async () => {
    const scopes = ['keys:manage', 'connections:read'];
    const { body } = await house.request('POST', 'api-keys', admin, { name: 'minter', scopes });
    const minter = withKey(admin, body.key);
    const mint = (wanted: unknown) => code('POST', 'api-keys', minter, { name: 'x', scopes: wanted });
    expect(await mint(['connections:read'])).toEqual([201, undefined]);
    expect(await mint(['connections:write'])).toEqual([403, 'missing_scope']);
    expect(await mint(['platform:read'])).toEqual([403, 'missing_scope']);
    expect(await mint(['connections:paint'])).toEqual([400, 'unknown_scope']);
    expect(await mint([])).toEqual([400, 'invalid_request']);
    expect(await mint('connections:read')).toEqual([400, 'invalid_request']);
  });

  it('of one’s own are listed and revoked without a scope, others’ are not', async () => {
    const viewer = await house.member('viewer', admin.workspaceId);
    const { api_keys: keys } = (await house.request('GET', 'api-keys', viewer)).body;
    expect(keys.map(({ id }: { id: string }) => id)).toEqual([viewer.keyId]);
    for (const id of [admin.keyId, randomUUID(), 'x']) {
      expect(await code('DELETE', `api-keys/${id}`, viewer)).toEqual([403, 'missing_scope']);
    }
    expect(await code('DELETE', `api-keys/${viewer.keyId}`, viewer)).toEqual([200, undefined]);
    expect(await code('DELETE', `api-keys/${randomUUID()}`, admin)).toEqual([404, 'not_found']);
  });
});

describe('settings', () => {
  it('switch the app off and on', async () => {
    const own = await house.member('admin');
    expect((await house.request('GET', 'settings/apps', own)).body).toEqual({
      connections: { enabled: true },
    });
    const off = await house.request('PUT', 'settings/apps/connections', own, { enabled: false });
    expect(off.body).toEqual({ app: 'connections', enabled: false });
    expect(await code('GET', 'connections', own)).toEqual([403, 'app_disabled']);
    expect((await house.request('GET', 'me', own)).body.apps).toEqual({ connections: false });
    expect((await house.request('GET', 'settings/apps', own)).body).toEqual({
      connections: { enabled: false },
    });
    await house.request('PUT', 'settings/apps/connections', own, { enabled: true });
    expect(await code('GET', 'connections', own)).toEqual([200, undefined]);
    expect(await code('PUT', 'settings/apps/connections', own, { enabled: 'no' })).toEqual([
      400,
      'invalid_request',
    ]);
    expect(await code('PUT', 'settings/apps/mail', own, { enabled: false })).toEqual([404, 'not_found']);
  });

  it('give access by role and by member', async () => {
    const own = await house.member('admin');
    const editor = await house.member('editor', own.workspaceId);
    const viewer = await house.member('viewer', own.workspaceId);
    expect((await house.request('GET', 'settings/access', own)).body).toEqual({ connections: null });
    const policy = {
      roles: { viewer: 'hidden', editor: 'read', admin: 'write' },
      members: { [viewer.userId]: 'read' },
    };
    const set = await house.request('PUT', 'settings/access/connections', own, policy);
    expect(set.body).toEqual({ surface: 'connections', ...policy });
    expect((await house.request('GET', 'settings/access', own)).body).toEqual({ connections: policy });
    expect(await code('GET', 'connections', viewer)).toEqual([200, undefined]);
    expect((await house.request('GET', 'me', editor)).body.surfaces).toEqual({ connections: 'read' });
    const refused = await house.request('POST', 'connections', editor, {});
    expect([refused.status, refused.body.error.code, refused.body.error.details]).toEqual([
      403,
      'surface_denied',
      { surface: 'connections', required: 'write', held: 'read' },
    ]);
    const cleared = await house.request('DELETE', 'settings/access/connections', own);
    expect(cleared.body).toEqual({ surface: 'connections', roles: null, members: {} });
    expect(await code('POST', 'connections', editor, {})).toEqual([400, 'invalid_request']);
  });

  it.each([
    ['no body', undefined],
    ['a role left out', { roles: { viewer: 'read', editor: 'read' } }],
    ['a role too many', { roles: { viewer: 'read', editor: 'read', admin: 'write', owner: 'write' } }],
    ['a level of none', { roles: { viewer: 'some', editor: 'read', admin: 'write' } }],
    ['roles that are a list', { roles: ['read'] }],
    [
      'members who are none',
      { roles: { viewer: 'read', editor: 'read', admin: 'write' }, members: { [randomUUID()]: 'read' } },
    ],
    [
      'members without an id',
      { roles: { viewer: 'read', editor: 'read', admin: 'write' }, members: { x: 'read' } },
    ],
  ])('refuse %s', async (_what, body) =>
    expect(await code('PUT', 'settings/access/connections', admin, body)).toEqual([400, 'invalid_request']),
  );
});

interface Entry {
  readonly who: { readonly user_id: string };
  readonly what: string;
  readonly outcome: string;
  readonly target_type: string | null;
  readonly target_name: string | null;
}

describe('the audit', () => {
  it('has one entry a write and a refused write, newest first, page by page', async () => {
    const own = await house.member('admin');
    const viewer = await house.member('viewer', own.workspaceId);
    const ask = (id: string, ...[method, path, caller, body]: Parameters<House['request']>) =>
      house.request(method, path, caller, body, { 'X-Request-Id': id });
    const added = await ask('r1', 'POST', 'members', own, {
      email: 'z@acme.test',
      name: 'Z',
      role: 'viewer',
    });
    await ask('r2', 'PUT', 'settings/apps/connections', viewer, { enabled: false });
    await ask('r3', 'GET', 'members', own);
    await ask('r4', 'PATCH', `connections/${viewer.userId}`, own, { name: 'x' });
    await ask('r5', 'POST', 'connections', own, 'x'.repeat(70_000));
    await ask('r6', 'POST', 'nowhere', own);
    await ask('r7', 'DELETE', 'members/%00x', own);
    const entry = (
      request: string,
      { userId, keyId }: Caller,
      what: string,
      outcome: string,
      code: string | null,
      target: string | null,
      targetType: string | null = null,
      targetName: string | null = null,
    ) => ({
      id: expect.any(String),
      at: expect.stringMatching(/Z$/),
      who: { user_id: userId, name: 'Ada', api_key_id: keyId, api_key_name: 'test' },
      what,
      target,
      target_type: targetType,
      target_name: targetName,
      outcome,
      code,
      request_id: request,
    });
    const expected = [
      entry('r7', own, 'members.remove', 'refused', 'not_found', '\ufffdx', 'member'),
      entry('r5', own, 'connections.connect', 'refused', 'payload_too_large', null),
      entry('r4', own, 'connections.update', 'refused', 'not_found', viewer.userId, 'connection'),
      entry('r2', viewer, 'settings.set_app', 'refused', 'missing_scope', null),
      entry('r1', own, 'members.add', 'succeeded', null, added.body.user_id, 'member', 'Z'),
    ];
    expect((await house.request('GET', 'audit', own)).body).toEqual({ entries: expected, next_cursor: null });
    const first = (await house.request('GET', 'audit?limit=3', own)).body;
    expect(first.entries).toEqual(expected.slice(0, 3));
    const second = (await house.request('GET', `audit?limit=3&cursor=${first.next_cursor}`, own)).body;
    expect(second).toEqual({ entries: expected.slice(3), next_cursor: null });
    expect(await code('GET', 'audit?cursor=x', own)).toEqual([400, 'invalid_request']);
    expect(await code('GET', 'audit', viewer)).toEqual([403, 'missing_scope']);
  });

  it('is filtered, page by page as well', async () => {
    const own = await house.member('admin');
    const other = await house.member('admin', own.workspaceId);
    const started = new Date().toISOString();
    for (let index = 0; index < 3; index++) {
      await house.request('PUT', 'settings/apps/connections', own, { enabled: true });
      await house.request('PATCH', `members/${own.userId}`, other, { role: 'nonsense' });
    }
    const ask = async (query: string) =>
      (answered('audit.list', await house.request('GET', `audit?${query}`, own)).entries as Entry[]).map(
        ({ who, what, outcome }) => [who.user_id, what, outcome],
      );
    const mine = [own.userId, 'settings.set_app', 'succeeded'];
    const theirs = [other.userId, 'members.change_role', 'refused'];
    expect(await ask(`actor=${own.userId}`)).toEqual([mine, mine, mine]);
    expect(await ask(`actor=${own.userId.toUpperCase()}&limit=1`)).toEqual([mine]);
    expect(await ask('action=members.change_role')).toEqual([theirs, theirs, theirs]);
    expect(await ask(`target=${own.userId.toUpperCase()}`)).toEqual([theirs, theirs, theirs]);
    expect(await ask('outcome=refused')).toEqual([theirs, theirs, theirs]);
    expect(await ask(`outcome=refused&actor=${own.userId}`)).toEqual([]);
    expect(await ask(`from=${started}`)).toHaveLength(6);
    expect(await ask(`to=${started}`)).toEqual([]);
    expect(await ask('from=2026-06-12T18:04:11%2B02:00&to=9999-12-31T23:59:59-23:59')).toHaveLength(6);
    expect(await ask('from=1000-01-01T00:00:00Z')).toHaveLength(6);
    const ids: string[] = [];
    for (let cursor = ''; ids.length < 9;) {
      const { body } = await house.request('GET', `audit?actor=${other.userId}&limit=1${cursor}`, own);
      ids.push(...body.entries.map(({ id }: { id: string }) => id));
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['actor=ada', 'actor', 'must be a user’s id'],
    [
      'action=everything',
      'action',
      'must be an operation’s id such as members.add, or session.sign_in or session.sign_out',
    ],
    ['target=', 'target', 'must be text of 1 to 100 characters, without control characters'],
    ['outcome=done', 'outcome', 'must be one of the following values: succeeded, refused, failed'],
    ['from=yesterday', 'from', 'must be a time such as 2026-06-12T18:04:11Z'],
    ['from=2026-02-30T00:00:00Z', 'from', 'must be a time such as 2026-06-12T18:04:11Z'],
    ['to=2026-06-12', 'to', 'must be a time such as 2026-06-12T18:04:11Z'],
    ['from=2026-06-12T18:04:11Z&to=2026-06-12T18:04:11Z', 'to', 'must be later than from'],
    ['user_id=1', 'user_id', 'is not a query parameter of this route'],
  ])('refuses %s', async (query, path, message) => {
    const { status, body } = await house.request('GET', `audit?${query}`, admin);
    expect([status, body.error.code, body.error.details]).toEqual([
      400,
      'invalid_request',
      { fields: [{ path, message }] },
    ]);
  });

  it('names the connection, the key and the member that something was done to, as they are called now', async () => {
    const own = await house.member('admin');
    const { workspaceId, userId } = own;
    const bus = await Bus.connect('test', house.nats.url);
    const { connectionId } = await bus
      .rpc(ConnectionsService, { workspaceId, actor: `user:${userId}` })
      .connect({
        workspaceId,
        userId,
        connectorType: 'pipedrive',
        credentialId: randomUUID(),
        account: { externalId: workspaceId, label: 'acme.test' },
      });
    await bus.close();
    for (const name of ['First', 'Second']) {
      await house.request('PATCH', `connections/${connectionId}`, own, { name });
    }
    const foreign = await house.member('admin');
    await house.request('PATCH', `connections/${connectionId}`, foreign, { name: 'x' });
    const key = await house.request('POST', 'api-keys', own, { name: 'CI', scopes: ['connections:read'] });
    await house.request('DELETE', `api-keys/${key.body.id}`, own);
    const targets = async (caller: Caller) =>
      ((await house.request('GET', 'audit', caller)).body.entries as Entry[]).map((entry) => [
        entry.target_type,
        entry.target_name,
      ]);
    expect(await targets(own)).toEqual([
      ['api_key', 'CI'],
      ['api_key', 'CI'],
      ['connection', 'Second'],
      ['connection', 'Second'],
    ]);
    expect(await targets(foreign)).toEqual([['connection', null]]);
  });
});

describe('every operation', () => {
  it('answers what it says that it answers', async () => {
    const own = await house.member('admin');
    const { user_id: id } = answered(
      'members.add',
      await house.request('POST', 'members', own, { email: 'x@acme.test', name: 'X', role: 'viewer' }),
    );
    answered('members.list', await house.request('GET', 'members', own));
    answered('members.change_role', await house.request('PATCH', `members/${id}`, own, { role: 'editor' }));
    const policy = {
      roles: { viewer: 'hidden', editor: 'read', admin: 'write' },
      members: { [id]: 'write' },
    };
    answered('settings.get_access', await house.request('GET', 'settings/access', own));
    answered('settings.set_access', await house.request('PUT', 'settings/access/connections', own, policy));
    answered('settings.get_access', await house.request('GET', 'settings/access', own));
    answered('settings.clear_access', await house.request('DELETE', 'settings/access/connections', own));
    answered(
      'settings.set_app',
      await house.request('PUT', 'settings/apps/connections', own, { enabled: false }),
    );
    answered('settings.get_apps', await house.request('GET', 'settings/apps', own));
    answered('members.remove', await house.request('DELETE', `members/${id}`, own));
    const key = { name: 'CI', scopes: ['connections:read'] };
    const made = answered('api_keys.create', await house.request('POST', 'api-keys', own, key));
    answered('api_keys.list', await house.request('GET', 'api-keys', own));
    answered('api_keys.revoke', await house.request('DELETE', `api-keys/${made.id}`, own));
    answered('audit.list', await house.request('GET', 'audit?limit=200', own));
    answered('me.get', await house.request('GET', 'me', own));
  });
});
