import { randomUUID } from 'node:crypto';

import { eventually, type Browser } from '@connections/testing';

import { House, type Caller } from '../../test/house.js';

let house: House;

beforeAll(async () => {
  house = await House.start(['access', 'catalog', 'connections', 'oauth', 'projection', 'gateway']);
}, 60_000);
afterAll(() => house?.close(), 60_000);

interface SignedIn {
  readonly member: Caller;
  readonly browser: Browser;
  readonly writing: Record<string, string>;
}

async function signedIn(member: Caller): Promise<SignedIn> {
  const { cookie, csrf } = await house.session(member);
  return { member, browser: house.browser(cookie), writing: { 'X-CSRF-Token': csrf } };
}

const body = { connector_type: 'hubspot' };
/** An approved authorization: the callback's path, not yet visited. */
const approved = async (answer: { body?: { authorize_url: string } }) =>
  house.callbackOf(answer.body?.authorize_url ?? '', 'approve');
const inConsole = async ({ browser, writing }: SignedIn) =>
  approved(await browser.request('POST', 'connections', writing, body));
const byKey = async (member: Caller) => approved(await house.request('POST', 'connections', member, body));

const outcome = async (browser: Browser, callback: string) => {
  const { headers } = await browser.request('GET', callback);
  return /connect=(\w+)/.exec(headers.get('location') ?? '')?.[1];
};

describe('an authorization that was asked for in the console', () => {
  it('comes back to that session, also when its token has changed meanwhile', async () => {
    const console = await signedIn(await house.member('editor'));
    const callback = await inConsole(console);
    const before = console.browser.cookie('connections_session')?.value;
    await house.inAccess(
      `UPDATE console_session SET rotated_at = now() - interval '1 hour' WHERE user_id = $1`,
      [console.member.userId],
    );
    await eventually(async () => {
      await console.browser.request('GET', 'me');
      expect(console.browser.cookie('connections_session')?.value).not.toBe(before);
    });
    expect(await outcome(console.browser, callback)).toBe('success');
  });

  it('fails in a browser without it, and is not used up by that', async () => {
    const console = await signedIn(await house.member('editor'));
    const callback = await inConsole(console);
    expect(await outcome(house.browser(), callback)).toBe('failed');
    expect(await outcome(console.browser, callback)).toBe('success');
  });

  it('fails in another session, of the same member or of somebody else', async () => {
    const console = await signedIn(await house.member('editor'));
    const callback = await inConsole(console);
    const again = await signedIn(console.member);
    const other = await signedIn(await house.member('editor', console.member.workspaceId));
    expect(await outcome(again.browser, callback)).toBe('failed');
    expect(await outcome(other.browser, callback)).toBe('failed');
  });

  it('fails once the session has ended', async () => {
    const console = await signedIn(await house.member('editor'));
    const callback = await inConsole(console);
    const cookie = `connections_session=${console.browser.cookie('connections_session')?.value}`;
    await console.browser.request('DELETE', 'session', console.writing);
    expect(await outcome(house.browser(cookie), callback)).toBe('failed');
  });

  it('of a reconnect, too', async () => {
    const console = await signedIn(await house.member('editor'));
    await inConsole(console);
    const { body: list } = await console.browser.request('GET', 'connections?status=pending');
    const [{ id }] = list.connections;
    const reconnect = await console.browser.request(
      'POST',
      `connections/${id}/reconnect`,
      console.writing,
      {},
    );
    const callback = await approved(reconnect);
    expect(await outcome(house.browser(), callback)).toBe('failed');
    expect(await outcome(console.browser, callback)).toBe('success');
  });
});

describe('an authorization that was asked for with an API key', () => {
  it('needs no session', async () => {
    const callback = await byKey(await house.member('editor'));
    expect(await outcome(house.browser(), callback)).toBe('success');
  });

  it('comes back to a session of the same member', async () => {
    const console = await signedIn(await house.member('editor'));
    expect(await outcome(console.browser, await byKey(console.member))).toBe('success');
  });

  it('comes back to what is no session any more', async () => {
    const callback = await byKey(await house.member('editor'));
    const stale = `connections_session=${randomUUID().replaceAll('-', '')}${'a'.repeat(11)}`;
    expect(await outcome(house.browser(stale), callback)).toBe('success');
  });

  it('fails in somebody else’s session, and is not used up by that', async () => {
    const member = await house.member('editor');
    const callback = await byKey(member);
    const other = await signedIn(await house.member('editor', member.workspaceId));
    const elsewhere = await signedIn(await house.member('editor'));
    expect(await outcome(other.browser, callback)).toBe('failed');
    expect(await outcome(elsewhere.browser, callback)).toBe('failed');
    expect(await outcome(house.browser(), callback)).toBe('success');
  });
});
