import { randomUUID } from 'node:crypto';

import { freePort, type Browser } from '@connections/testing';

import { House, type Caller } from '../../test/house.js';
import { loadGatewayConfig, startGateway } from '../index.js';

let house: House;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway']);
}, 60_000);
afterAll(() => house?.close(), 60_000);

const SESSION = 'connections_session';
const ATTEMPT = 'connections_sign_in';

/** A member, and somebody at the provider with their address. */
async function somebody(verified = true): Promise<Caller & { subject: string; email: string }> {
  const member = await house.member('editor');
  const person = { subject: `s-${member.userId}`, email: `${member.userId}@acme.test` };
  await house.person({ ...person, email_verified: verified });
  return { ...member, ...person };
}

describe('signing in', () => {
  it('goes through the provider and back, into the member’s workspace with their role', async () => {
    const { subject, userId, workspaceId } = await somebody();
    const browser = house.browser();
    const back = await browser.signIn(subject, '?return_to=/connections/1?tab=runs');
    expect(back.status).toBe(302);
    expect(back.headers.get('location')).toBe('/connections/1?tab=runs');
    expect(browser.cookie(SESSION)?.attributes).toMatch(
      /^; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(browser.cookie(ATTEMPT)).toBeUndefined();
    const me = await browser.request('GET', 'me');
    expect(me.body).toMatchObject({ user_id: userId, role: 'editor', workspace: { id: workspaceId } });
    expect(me.body.scopes.sort()).toEqual(['connections:delete', 'connections:read', 'connections:write']);
  });

  it('asks the provider for a code with state, nonce and PKCE', async () => {
    const browser = house.browser();
    const start = await browser.request('GET', 'session/sign-in');
    const { searchParams } = new URL(start.headers.get('location') ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost/api/platform/v1/session/callback',
      scope: 'openid email profile',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name)).toMatch(/^\S{43}$/);
  });

  it('leads to no other site', async () => {
    const { status, headers } = await house.browser().request('GET', 'session/sign-in?return_to=//evil.test');
    expect([status, headers.get('location')]).toEqual([400, null]);
  });

  it('leaves an audit entry', async () => {
    const admin = await house.member('admin');
    await house.person({ subject: admin.userId, email: `${admin.userId}@acme.test`, email_verified: true });
    await house.browser().signIn(admin.userId);
    const { body } = await house.request('GET', 'audit', admin);
    expect(body.entries[0]).toMatchObject({
      what: 'session.sign_in',
      who: { user_id: admin.userId, api_key_id: null },
    });
  });

  it('is finished in each of two tabs, in either order', async () => {
    const { subject, userId } = await somebody();
    const browser = house.browser();
    const tabs = [
      await browser.approach(subject, '?return_to=/a'),
      await browser.approach(subject, '?return_to=/b'),
    ];
    const ends = [await browser.visit(tabs[0] ?? ''), await browser.visit(tabs[1] ?? '')];
    expect(ends.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [302, '/a'],
      [302, '/b'],
    ]);
    expect(browser.cookie(ATTEMPT)).toBeUndefined();
    expect((await browser.request('GET', 'me')).body.user_id).toBe(userId);
  });

  it('ends the session that the browser had, and gives another token', async () => {
    const [first, second] = [await somebody(), await somebody()];
    const browser = house.browser();
    await browser.signIn(first.subject);
    const before = `${SESSION}=${browser.cookie(SESSION)?.value}`;
    await browser.signIn(second.subject);
    expect((await browser.request('GET', 'me')).body.user_id).toBe(second.userId);
    expect((await house.request('GET', 'me', undefined, undefined, { Cookie: before })).status).toBe(401);
  });
});

describe('a callback is refused', () => {
  const refused = async (browser: Browser, url: string, status = 400) => {
    const answer = await browser.visit(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(browser.cookie(SESSION)).toBeUndefined();
  };
  const tampered = (browser: Browser, change: object) => {
    const kept = JSON.parse(
      Buffer.from(browser.cookie(ATTEMPT)?.value ?? '', 'base64url').toString(),
    ) as object;
    const value = Buffer.from(JSON.stringify({ ...kept, ...change })).toString('base64url');
    browser.cookies.get('localhost')?.set(ATTEMPT, { value, attributes: '' });
  };

  it('with another state', async () => {
    const { subject } = await somebody();
    const browser = house.browser();
    const url = new URL(await browser.approach(subject));
    url.searchParams.set('state', 'a'.repeat(43));
    await refused(browser, url.href);
  });

  it('in another browser', async () => {
    const { subject } = await somebody();
    await refused(house.browser(), await house.browser().approach(subject));
  });

  it.each([
    ['nonce', { nonce: 'b'.repeat(43) }],
    ['PKCE verifier', { codeVerifier: 'c'.repeat(43) }],
  ])('with another %s', async (_what, change) => {
    const { subject } = await somebody();
    const browser = house.browser();
    const url = await browser.approach(subject);
    tampered(browser, change);
    await refused(browser, url);
  });

  it('a second time, also with the sign-in still kept', async () => {
    const { subject } = await somebody();
    const browser = house.browser();
    const url = await browser.approach(subject);
    const kept = browser.cookie(ATTEMPT);
    expect((await browser.visit(url)).status).toBe(302);
    const other = house.browser();
    other.cookies.set('localhost', new Map(kept ? [[ATTEMPT, kept]] : []));
    await refused(other, url);
  });

  it('when somebody refused at the provider', async () => {
    const browser = house.browser();
    await refused(browser, await browser.approach(null), 403);
  });
});

describe('who somebody is', () => {
  it('a stranger is told that they are no member', async () => {
    const subject = `stranger-${randomUUID()}`;
    await house.person({ subject, email: `${subject}@elsewhere.test`, email_verified: true });
    const answer = await house.browser().signIn(subject);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('You are no member here');
  });

  it('an address that is not verified is nobody’s, and whether it is a member’s is not told', async () => {
    const { subject } = await somebody(false);
    const stranger = `stranger-${randomUUID()}`;
    await house.person({ subject: stranger, email: `${stranger}@elsewhere.test`, email_verified: false });
    const [member, other] = [await house.browser().signIn(subject), await house.browser().signIn(stranger)];
    expect(member.status).toBe(403);
    expect(member.text).toContain('not verified');
    expect(other.text).toBe(member.text);
  });

  it('a change of the address, verified or not, keeps the member', async () => {
    const { subject, userId } = await somebody();
    await house.browser().signIn(subject);
    await house.person({ subject, email: `new-${userId}@acme.test`, email_verified: false });
    const browser = house.browser();
    expect((await browser.signIn(subject)).status).toBe(302);
    expect((await browser.request('GET', 'me')).body.user_id).toBe(userId);
  });

  it('another subject with the same verified address does not become the member', async () => {
    const { subject, email, userId } = await somebody();
    await house.browser().signIn(subject);
    await house.person({ subject: `heir-${userId}`, email, email_verified: true });
    const answer = await house.browser().signIn(`heir-${userId}`);
    expect(answer.status).toBe(403);
  });

  it('letter case does not matter in an address', async () => {
    const { subject, userId, email } = await somebody();
    await house.person({ subject, email: email.toUpperCase(), email_verified: true });
    const browser = house.browser();
    await browser.signIn(subject);
    expect((await browser.request('GET', 'me')).body.user_id).toBe(userId);
  });

  it('a member of several workspaces chooses, and else comes to where they were first', async () => {
    const { subject, email, workspaceId } = await somebody();
    const admin = await house.member('admin');
    await house.request('POST', 'members', admin, { email, name: 'Ada', role: 'viewer' });
    const workspaceOf = async (query: string) => {
      const browser = house.browser();
      await browser.signIn(subject, query);
      return (await browser.request('GET', 'me')).body.workspace?.id;
    };
    expect(await workspaceOf('')).toBe(workspaceId);
    expect(await workspaceOf(`?workspace=w-${admin.workspaceId}`)).toBe(admin.workspaceId);
    expect(await workspaceOf('')).toBe(workspaceId);
    expect((await house.browser().signIn(subject, '?workspace=nowhere')).status).toBe(403);
  });
});

describe('without a provider that answers', () => {
  const page = async (environment: Record<string, string>, path: string) => {
    const gateway = await startGateway(loadGatewayConfig({ ...process.env, ...environment }));
    try {
      const answer = await fetch(`${gateway.url}/api/platform/v1/session/${path}`, { redirect: 'manual' });
      return { status: answer.status, text: await answer.text() };
    } finally {
      await gateway.close();
    }
  };

  it.each(['sign-in', 'callback?code=1&state=2'])('%s says that none is set up', async (path) => {
    const { status, text } = await page({ OIDC_ISSUER: '' }, path);
    expect([status, text]).toEqual([404, expect.stringContaining('Sign-in is not set up')]);
  });

  it('sign-in says that it is away', async () => {
    const { status, text } = await page({ OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` }, 'sign-in');
    expect([status, text]).toEqual([503, expect.stringContaining('cannot be reached')]);
  });
});
