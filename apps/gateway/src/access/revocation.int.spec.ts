import { randomUUID } from 'node:crypto';

import type { RunningService } from '@connections/platform';
import { eventually } from '@connections/testing';

import { EventSourceClient } from '../../test/event-source.js';
import { House, type Caller } from '../../test/house.js';
import { startGateway } from '../index.js';

let house: House;
let second: RunningService;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway']);
  second = await startGateway();
}, 60_000);
afterAll(async () => {
  await second?.close();
  await house?.close();
}, 60_000);

const atSecond = async ({ key }: Caller, method = 'GET') => {
  const answer = await fetch(`${second.url}/api/platform/v1/connections`, {
    method,
    headers: { 'X-API-Key': key },
  });
  const { error } = (await answer.json()) as { error?: { code: string } };
  return error?.code ?? answer.status;
};

/** What the second replica, whose cache is warm, comes to say within a second of the first one's answer. */
const within = (caller: Caller, expected: unknown, method?: string) =>
  eventually(async () => expect(await atSecond(caller, method)).toBe(expected), { timeoutMs: 1000 });

describe('what one gateway has taken away, the other refuses within a second', () => {
  const team = async () => {
    const admin = await house.member('admin');
    const editor = await house.member('editor', admin.workspaceId);
    expect(await atSecond(editor)).toBe(200);
    return { admin, editor };
  };

  it('a key', async () => {
    const { admin, editor } = await team();
    await house.request('DELETE', `api-keys/${editor.keyId}`, admin);
    await within(editor, 'unauthenticated');
  });

  it('a member', async () => {
    const { admin, editor } = await team();
    await house.request('DELETE', `members/${editor.userId}`, admin);
    await within(editor, 'unauthenticated');
  });

  it('a role', async () => {
    const { admin, editor } = await team();
    await house.request('PATCH', `members/${editor.userId}`, admin, { role: 'viewer' });
    await within(editor, 'missing_scope', 'POST');
  });

  it('a surface, and gives it back', async () => {
    const { admin, editor } = await team();
    const roles = { viewer: 'hidden', editor: 'hidden', admin: 'write' };
    await house.request('PUT', 'settings/access/connections', admin, { roles });
    await within(editor, 'surface_denied');
    await house.request('DELETE', 'settings/access/connections', admin);
    await within(editor, 200);
  });

  it('an app, and gives it back', async () => {
    const { admin, editor } = await team();
    await house.request('PUT', 'settings/apps/connections', admin, { enabled: false });
    await within(editor, 'app_disabled');
    await within(admin, 'app_disabled');
    await house.request('PUT', 'settings/apps/connections', admin, { enabled: true });
    await within(editor, 200);
  });

  it('a key that expires, of which nobody is told, with its open streams', async () => {
    const { editor } = await team();
    const url = `${second.url}/api/platform/v1/connections/events`;
    const live = await EventSourceClient.open(url, { 'X-API-Key': editor.key });
    expect(live.response.status).toBe(200);
    const expiresAt = Date.now() + 2500;
    await house.inAccess('UPDATE api_key SET expires_at = $2 WHERE key_id = $1', [
      editor.keyId,
      new Date(expiresAt),
    ]);
    // Asked without a pause, so that what is remembered of it is as fresh as it can be.
    await eventually(async () => expect(await atSecond(editor)).toBe('unauthenticated'), { timeoutMs: 5000 });
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
    expect(Date.now()).toBeLessThan(expiresAt + 1000);
    await eventually(() => expect(live.ended).toBe(true), { timeoutMs: 1000 });
    expect((await house.request('GET', 'me', editor)).status).toBe(401);
  });

  it('also where the broadcast is lost', async () => {
    const { editor } = await team();
    // As a gateway does it that dies between the commit and the broadcast: nobody is told.
    await house.inAccess('UPDATE api_key SET revoked_at = now() WHERE key_id = $1', [editor.keyId]);
    await within(editor, 'unauthenticated');
  });
});

it('a write of one gateway is read at the other', async () => {
  const admin = await house.member('admin');
  const added = await house.request('POST', 'members', admin, {
    email: `${randomUUID()}@acme.test`,
    name: 'Bob',
    role: 'viewer',
  });
  const answer = await fetch(`${second.url}/api/platform/v1/members`, {
    headers: { 'X-API-Key': admin.key },
  });
  expect(((await answer.json()) as { members: object[] }).members).toContainEqual(added.body);
});
