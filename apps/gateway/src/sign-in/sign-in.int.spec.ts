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
    const url = 'http://localhost/api/platform/v1/session/sign-in?return_to=//evil.test';
    const page = await house.browser().visit(url);
    expect([page.status, page.headers.get('location')]).toEqual([302, '/sign-in?error=bad_return']);
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
  /** To a browser by the console's page; to a program, which the second visit is, by a plain one. */
  const refused = async (browser: Browser, url: string, fault: string, status = 400) => {
    const kept = new Map(browser.cookies.get('localhost'));
    const answer = await browser.visit(url);
    const location = answer.headers.get('location') ?? '';
    expect([answer.status, new URL(location, 'http://c').searchParams.get('error')]).toEqual([302, fault]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    for (const secret of ['code', 'state']) {
      const value = new URL(url).searchParams.get(secret) ?? 'none';
      expect([secret, location.includes(secret), location.includes(value)]).toEqual([secret, false, false]);
    }
    expect(browser.cookie(SESSION)).toBeUndefined();
    browser.cookies.set('localhost', kept);
    const plain = await browser.visit(url, { headers: { Accept: '*/*' } });
    expect([plain.headers.get('content-type'), plain.headers.get('location')]).toEqual([
      'text/html; charset=utf-8',
      null,
    ]);
    // A code that was used up is refused by the provider from then on.
    expect([status, 400]).toContain(plain.status);
    expect(browser.cookie(SESSION)).toBeUndefined();
    return location;
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
    expect(await refused(browser, url.href, 'unknown')).toBe('/sign-in?error=unknown');
  });

  it('in another browser', async () => {
    const { subject } = await somebody();
    await refused(house.browser(), await house.browser().approach(subject), 'unknown');
  });

  it.each([
    ['nonce', { nonce: 'b'.repeat(43) }],
    ['PKCE verifier', { codeVerifier: 'c'.repeat(43) }],
  ])('with another %s', async (_what, change) => {
    const { subject } = await somebody();
    const browser = house.browser();
    const url = await browser.approach(subject);
    tampered(browser, change);
    await refused(browser, url, 'failed');
  });

  it('a second time, also with the sign-in still kept', async () => {
    const { subject } = await somebody();
    const browser = house.browser();
    const url = await browser.approach(subject);
    const kept = browser.cookie(ATTEMPT);
    expect((await browser.visit(url)).status).toBe(302);
    const other = house.browser();
    other.cookies.set('localhost', new Map(kept ? [[ATTEMPT, kept]] : []));
    await refused(other, url, 'failed');
  });

  it('when somebody refused at the provider', async () => {
    const browser = house.browser();
    const url = await browser.approach(null, '?return_to=/connections/1?tab=runs');
    expect(await refused(browser, url, 'denied', 403)).toBe(
      '/sign-in?error=denied&return_to=%2Fconnections%2F1%3Ftab%3Druns',
    );
  });
});

describe('who somebody is', () => {
  it('a stranger is told that they are no member', async () => {
    const subject = `stranger-${randomUUID()}`;
    await house.person({ subject, email: `${subject}@elsewhere.test`, email_verified: true });
    const answer = await house.browser().signIn(subject);
    expect(answer.headers.get('location')).toBe('/sign-in?error=not_a_member&return_to=%2Fconnections');
    const browser = house.browser();
    const plain = await browser.visit(await browser.approach(subject), { headers: { Accept: '*/*' } });
    expect([plain.status, plain.text]).toEqual([403, expect.stringContaining('You are no member here')]);
  });

  it('an address that is not verified is nobody’s, and whether it is a member’s is not told', async () => {
    const { subject } = await somebody(false);
    const stranger = `stranger-${randomUUID()}`;
    await house.person({ subject: stranger, email: `${stranger}@elsewhere.test`, email_verified: false });
    const [member, other] = [await house.browser().signIn(subject), await house.browser().signIn(stranger)];
    expect(member.headers.get('location')).toBe('/sign-in?error=email_not_verified&return_to=%2Fconnections');
    expect([other.status, other.headers.get('location'), other.text]).toEqual([
      member.status,
      member.headers.get('location'),
      member.text,
    ]);
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
    expect(answer.headers.get('location')).toContain('error=not_a_member');
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
    const nowhere = await house.browser().signIn(subject, '?workspace=nowhere');
    expect(nowhere.headers.get('location')).toContain('error=not_a_member');
  });

  it('a member of several workspaces changes between them by signing in again', async () => {
    const { subject, email, workspaceId, userId } = await somebody();
    const admin = await house.member('admin');
    const added = await house.request('POST', 'members', admin, { email, name: 'Ada L.', role: 'viewer' });
    const browser = house.browser();
    await browser.signIn(subject);
    const me = async () => (await browser.request('GET', 'me')).body;
    const both = [workspaceId, admin.workspaceId].map((id) => ({ id, slug: `w-${id}`, name: 'Acme' }));
    expect(await me()).toMatchObject({ user_id: userId, name: 'Ada', workspaces: both });

    const before = `${SESSION}=${browser.cookie(SESSION)?.value}`;
    const [, other] = (await me()).workspaces;
    const back = await browser.signIn(
      subject,
      `?workspace=${other.slug}&return_to=/connections?health=stale`,
    );
    expect([back.status, back.headers.get('location')]).toEqual([302, '/connections?health=stale']);
    expect(await me()).toMatchObject({
      user_id: added.body.user_id,
      name: 'Ada L.',
      role: 'viewer',
      workspace: { id: admin.workspaceId },
      workspaces: both,
    });
    expect((await house.request('GET', 'me', undefined, undefined, { Cookie: before })).status).toBe(401);

    // To one that they are no member of they do not change, and stay where they are.
    const foreign = await house.member('admin');
    await browser.signIn(subject, `?workspace=w-${foreign.workspaceId}`);
    expect((await me()).workspace.id).toBe(admin.workspaceId);
    await house.request('DELETE', `members/${added.body.user_id}`, admin);
    await browser.signIn(subject);
    expect((await me()).workspaces).toEqual(both.slice(0, 1));
  });

  it('a key tells the workspaces that its owner has signed in to', async () => {
    const { subject, email, workspaceId, ...member } = await somebody();
    const admin = await house.member('admin');
    await house.request('POST', 'members', admin, { email, name: 'Ada', role: 'viewer' });
    const caller = { ...member, workspaceId };
    const ids = async () => {
      const { body } = await house.request('GET', 'me', caller);
      return body.workspaces.map(({ id }: { id: string }) => id);
    };
    expect(await ids()).toEqual([workspaceId]);
    await house.browser().signIn(subject);
    expect(await ids()).toEqual([workspaceId]);
    await house.browser().signIn(subject, `?workspace=w-${admin.workspaceId}`);
    expect(await ids()).toEqual([workspaceId, admin.workspaceId]);
  });
});

describe('without a provider that answers', () => {
  const page = async (environment: Record<string, string>, path: string, accept = '*/*') => {
    const gateway = await startGateway(loadGatewayConfig({ ...process.env, ...environment }));
    try {
      const answer = await fetch(`${gateway.url}/api/platform/v1/session/${path}`, {
        redirect: 'manual',
        headers: { Accept: accept },
      });
      const [location, retryAfter] = [answer.headers.get('location'), answer.headers.get('retry-after')];
      return { status: answer.status, text: await answer.text(), location, retryAfter };
    } finally {
      await gateway.close();
    }
  };

  it.each(['sign-in', 'callback?code=1&state=2'])('%s says that none is set up', async (path) => {
    const { status, text } = await page({ OIDC_ISSUER: '' }, path);
    expect([status, text]).toEqual([404, expect.stringContaining('Sign-in is not set up')]);
  });

  it('sign-in says that it is away', async () => {
    const away = { OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` };
    const plain = await page(away, 'sign-in');
    expect(plain).toMatchObject({ status: 503, retryAfter: '5', location: null });
    expect(plain.text).toContain('cannot be reached');
    const { status, location } = await page(away, 'sign-in?return_to=/connections/1', 'text/html');
    expect([status, location]).toEqual([
      302,
      '/sign-in?error=away&return_to=%2Fconnections%2F1&retry_after=5',
    ]);
  });

  it('a browser is sent to the console, wherever that is', async () => {
    const environment = { OIDC_ISSUER: '', CONSOLE_URL: 'https://console.test/' };
    const { status, location } = await page(environment, 'sign-in', 'text/html');
    expect([status, location]).toEqual([
      302,
      'https://console.test/sign-in?error=not_configured&return_to=%2Fconnections',
    ]);
  });
});

it('a browser whose session cannot be begun for the moment is told when to try again', async () => {
  const { subject } = await somebody();
  const browser = house.browser();
  const url = await browser.approach(subject, '?return_to=/connections/1');
  await house.stop('access');
  const answer = await browser.visit(url);
  await house.restart('access');
  expect([answer.status, answer.headers.get('location'), answer.headers.get('retry-after')]).toEqual([
    302,
    '/sign-in?error=unavailable&return_to=%2Fconnections%2F1&retry_after=5',
    '5',
  ]);
});
