import { createHash } from 'node:crypto';
import { Client } from '@hubspot/api-client';
import { sandboxCredentials } from '../src/index.js';
import { failureOf, HubSpotSession, redirectUri } from './hubspot-session.js';
import { type Loose } from './loose.js';

describe('HubSpot sign-in', () => {
  let session: HubSpotSession;
  beforeAll(async () => void (session = await HubSpotSession.start()));
  afterAll(() => session.sandbox.close());
  beforeEach(() => session.control('DELETE', ''));

  const { client_id, client_secret } = sandboxCredentials.hubspot;
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await fetch(session.base + path, { method: 'POST', body: new URLSearchParams(form) });
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Record<string, Loose> };
  };
  const contacts = (accessToken: string) =>
    new Client({ basePath: session.base, accessToken }).crm.contacts.basicApi.getPage(1);

  it('shows a page with Approve and Deny, and nothing of the request unescaped', async () => {
    const page = await (await fetch(session.authorizeUrl({ state: '"><script>' }))).text();
    expect(page).toContain('value="approve">Approve</button>');
    expect(page).toContain('value="deny"');
    expect(page).toContain('crm.objects.contacts.read');
    expect(page).not.toContain('<script>');
  });

  it('approves through the page’s form', async () => {
    const fields = Object.fromEntries(new URL(session.authorizeUrl()).searchParams);
    const answer = await fetch(`${session.base}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...fields, sandbox_account: '42', sandbox_decision: 'approve' }),
    });
    const target = new URL(answer.headers.get('location')!);
    expect(target.origin + target.pathname).toBe(redirectUri);
    expect(target.searchParams.get('state')).toBe('state-1');
    const tokens = await session.exchange(target.searchParams.get('code')!);
    expect(
      await new Client({ basePath: session.base }).oauth.accessTokensApi.get(tokens.accessToken),
    ).toMatchObject({ hubId: 42 });
  });

  it('denies with an error and the state, and no code', async () => {
    const target = await session.decide({ sandbox_decision: 'deny' });
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
    });
    expect(target.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another client', { client_id: 'x' }],
    ['a redirect to plain http', { redirect_uri: 'http://evil.example/cb' }],
    ['a relative redirect', { redirect_uri: '/cb' }],
    ['an unknown scope', { scope: 'oauth everything' }],
    ['PKCE without S256', { code_challenge: 'abc', code_challenge_method: 'plain' }],
  ])('redirects nowhere for %s', async (_what, wrong) => {
    const answer = await fetch(session.authorizeUrl({ sandbox_decision: 'approve', ...wrong }), {
      redirect: 'manual',
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  it('exchanges a code once, for a token of its portal, by the client’s own API', async () => {
    const code = (await session.decide({ sandbox_account: '5' })).searchParams.get('code')!;
    const tokens = await session.exchange(code);
    expect(tokens).toMatchObject({ tokenType: 'bearer', expiresIn: 1800 });
    expect(tokens.accessToken.length).toBeGreaterThan(300);
    expect((await contacts(tokens.accessToken)).results.length).toBe(1);
    const again = await failureOf(session.exchange(code));
    expect(again).toMatchObject({ code: 400, body: { error: 'invalid_grant', status: 'BAD_AUTH_CODE' } });
  });

  it.each(['/oauth/2026-03/token', '/oauth/2026-09/token', '/oauth/v3/token'])(
    'says whose it is at %s',
    async (path) => {
      const code = (await session.decide({ sandbox_account: '6' })).searchParams.get('code')!;
      const form = {
        grant_type: 'authorization_code',
        client_id,
        client_secret,
        code,
        redirect_uri: redirectUri,
      };
      const { status, body } = await post(path, form);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        token_type: 'bearer',
        expires_in: 1800,
        hub_id: 6,
        scopes: expect.arrayContaining(['oauth', 'tickets']),
      });
      const about = await post(`${path}/introspect`, { client_id, client_secret, token: body.access_token });
      expect(about.body).toMatchObject({
        active: true,
        hub_id: 6,
        hub_domain: 'portal-6.example',
        token_use: 'access_token',
      });
      expect((await post(`${path}/introspect`, { client_id, client_secret, token: 'x' })).body).toEqual({
        active: false,
      });
    },
  );

  it('holds the exchange to the redirect, the client and the PKCE verifier of the request', async () => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const attempt = async (wrong: Record<string, string>) => {
      const target = await session.decide({ code_challenge: challenge, code_challenge_method: 'S256' });
      const code = target.searchParams.get('code')!;
      const right = { client_id, client_secret, redirect_uri: redirectUri, code, code_verifier: verifier };
      return post('/oauth/2026-03/token', { grant_type: 'authorization_code', ...right, ...wrong });
    };
    expect((await attempt({})).status).toBe(200);
    expect((await attempt({ code_verifier: 'w'.repeat(43) })).body.error).toBe('invalid_grant');
    expect((await attempt({ redirect_uri: 'http://localhost:3000/other' })).body.error).toBe('invalid_grant');
    expect((await attempt({ client_secret: 'wrong' })).body).toMatchObject({
      error: 'invalid_client',
      status: 'BAD_CLIENT_SECRET',
    });
  });

  it('refreshes with the same refresh token, as often as one likes', async () => {
    const { tokens } = await session.client();
    const first = await session.refresh(tokens.refreshToken);
    expect(first.refreshToken).toBe(tokens.refreshToken);
    expect(first.accessToken).not.toBe(tokens.accessToken);
    await session.refresh(tokens.refreshToken);
    await contacts(first.accessToken);
  });

  it('rotates refresh tokens when told to: each is good for one use', async () => {
    await session.control('PUT', '', { rotate_refresh_tokens: true });
    const { tokens } = await session.client();
    const second = await session.refresh(tokens.refreshToken);
    expect(second.refreshToken).not.toBe(tokens.refreshToken);
    expect(await failureOf(session.refresh(tokens.refreshToken))).toMatchObject({
      code: 400,
      body: { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' },
    });
    await session.refresh(second.refreshToken);
  });

  it('lets access tokens expire, by age and by control', async () => {
    const { client, tokens } = await session.client();
    await session.control('PUT', '', { expire_tokens: true });
    expect(await failureOf(client.crm.contacts.basicApi.getPage(1))).toMatchObject({
      code: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    });
    await contacts((await session.refresh(tokens.refreshToken)).accessToken);
    await session.control('PUT', '', { token_ttl_s: 0.001 });
    const short = await session.refresh(tokens.refreshToken);
    expect(await failureOf(contacts(short.accessToken))).toMatchObject({ code: 401 });
  });

  it('revokes by control: 401, invalid_grant, and a new consent works', async () => {
    const { tokens } = await session.client();
    await session.control('PUT', '', { revoke_tokens: true });
    expect(await failureOf(contacts(tokens.accessToken))).toMatchObject({
      code: 401,
      body: { category: 'INVALID_AUTHENTICATION' },
    });
    expect(await failureOf(session.refresh(tokens.refreshToken))).toMatchObject({
      code: 400,
      body: { error: 'invalid_grant' },
    });
    const { client } = await session.client();
    await client.crm.contacts.basicApi.getPage(1);
  });

  it('ends the whole install of a portal when a refresh token is revoked, and no other portal’s', async () => {
    const one = await session.client({ sandbox_account: '8' });
    const two = await session.client({ sandbox_account: '8' });
    const other = await session.client({ sandbox_account: '9' });
    const form = {
      client_id,
      client_secret,
      token: one.tokens.refreshToken,
      token_type_hint: 'refresh_token',
    };
    expect((await post('/oauth/2026-03/token/revoke', form)).status).toBe(200);
    expect(await failureOf(contacts(two.tokens.accessToken))).toMatchObject({ code: 401 });
    await contacts(other.tokens.accessToken);
    await other.client.oauth.refreshTokensApi.archive(other.tokens.refreshToken);
    expect(await failureOf(contacts(other.tokens.accessToken))).toMatchObject({ code: 401 });
  });

  it('answers 403 with the scopes that are missing', async () => {
    const { client } = await session.client({ sandbox_withhold: 'tickets sales-email-read' });
    const { body, code } = await failureOf(client.crm.tickets.basicApi.getPage());
    expect([code, body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(body.errors[0].context.requiredGranularScopes).toEqual(['tickets']);
    expect(await failureOf(client.crm.objects.emails.basicApi.getPage())).toMatchObject({ code: 403 });
    await client.crm.objects.calls.basicApi.getPage();
  });

  it('keeps connections across a restart of the sandbox', async () => {
    const { tokens } = await session.client({ sandbox_account: '11' });
    const restarted = await HubSpotSession.start();
    try {
      await restarted.refresh(tokens.refreshToken);
      const client = new Client({ basePath: restarted.base, accessToken: tokens.accessToken });
      expect((await client.crm.contacts.getAll(100)).length).toBe(300);
    } finally {
      await restarted.sandbox.close();
    }
  });

  it('refuses garbage and missing tokens', async () => {
    for (const token of ['', 'a.b', 'x'.repeat(300)]) {
      expect(await failureOf(contacts(token))).toMatchObject({
        code: 401,
        body: { category: 'INVALID_AUTHENTICATION' },
      });
    }
  });
});
