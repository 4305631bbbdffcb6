import { createHash, randomBytes } from 'node:crypto';
import { sandboxCredentials } from '../src/index.js';

/** Somebody who reads one account of a provider, as its own clients would. */
export interface Visitor {
  readonly account: string;
  /** Whether a request for data is answered with the data. */
  reads(): Promise<boolean>;
  body(what: string): Promise<unknown>;
  /** Refreshes the account's token at `tokenPath`; whether it got one. */
  readonly renews?: () => Promise<boolean>;
  readonly tokenPath?: string;
}

/** Providers whose token endpoint names no account: there is none, or its token is the platform's. */
export const accountOnly = [
  'pipedrive', 'fathom', 'aircall', 'grain', 'granola', 'fireflies', 'pylon', 'x', 'linkedin',
]; // prettier-ignore

type Ask = (what: string) => Promise<Response>;

/** Data, whole and of this account: not a refusal, be it one with status 200, nor half a body. */
async function isData(answer: Promise<Response>): Promise<boolean> {
  try {
    const got = await answer;
    const body = (await got.json()) as { ok?: boolean; errors?: unknown };
    return got.status === 200 && body.ok !== false && body.errors === undefined;
  } catch {
    return false;
  }
}

const visitor = (account: string, ask: Ask, more: Partial<Visitor> = {}): Visitor => ({
  account,
  reads: () => isData(ask('')),
  body: async (what) => (await ask(what)).json(),
  ...more,
});

const byKey =
  (
    read: (base: string, key: string) => Promise<Response>,
    keyOf = (account: string) => `sandbox_${account}`,
  ) =>
  (base: string): Promise<Visitor>[] =>
    ['3001', '3002'].map(async (account) => visitor(account, () => read(base, keyOf(account))));

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const json = { 'content-type': 'application/json' };

interface Oauth {
  readonly authorize: string;
  readonly query: Record<string, string>;
  readonly token: string;
  /** Where the endpoint takes what it is given, other than as a form. */
  readonly sent?: 'query' | 'json';
  readonly basic?: boolean;
  readonly pkce?: boolean;
  read(base: string, tokens: Record<string, string>): Promise<Response>;
}

const redirect_uri = 'http://localhost/callback';

const byConsent =
  (type: 'hubspot' | 'salesforce' | 'gong' | 'notion' | 'slack' | 'gmail' | 'outlook', oauth: Oauth) =>
  (base: string): Promise<Visitor>[] =>
    ['3001', '3003'].map(async (account) => {
      const { client_id, client_secret } = sandboxCredentials[type];
      const verifier = randomBytes(32).toString('base64url');
      const code_challenge = createHash('sha256').update(verifier).digest('base64url');
      const pkce: Record<string, string> = oauth.pkce
        ? { code_challenge, code_challenge_method: 'S256' }
        : {};
      const asked = { client_id, redirect_uri, ...pkce, ...oauth.query, sandbox_decision: 'approve' };
      const url = `${base}${oauth.authorize}?${new URLSearchParams({ ...asked, sandbox_account: account })}`;
      const landed = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!);
      let tokens: Record<string, string> = {};
      const obtain = async (given: Record<string, string>): Promise<boolean> => {
        const credentials: Record<string, string> = oauth.basic ? {} : { client_id, client_secret };
        const form = new URLSearchParams({ client_id, ...credentials, redirect_uri, ...given });
        const answer = await fetch(`${base}${oauth.token}${oauth.sent === 'query' ? `?${form}` : ''}`, {
          method: 'POST',
          headers: {
            ...(oauth.basic && {
              authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
            }),
            ...(oauth.sent === 'json' && json),
          },
          ...(oauth.sent === 'json' && { body: JSON.stringify(Object.fromEntries(form)) }),
          ...(oauth.sent === undefined && { body: form }),
        });
        // A gateway's refusal is a page.
        if (answer.status !== 200) return false;
        const body = (await answer.json()) as Record<string, string>;
        tokens = { ...tokens, ...body };
        return body.access_token !== undefined;
      };
      const code = landed.searchParams.get('code')!;
      await obtain({ grant_type: 'authorization_code', code, code_verifier: verifier });
      return visitor(account, () => oauth.read(base, tokens), {
        renews: () => obtain({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! }),
        tokenPath: oauth.token,
      });
    });

const get = (path: string) => (base: string, tokens: Record<string, string>) =>
  fetch(base + path, { headers: bearer(tokens.access_token!) });

const linkedInToken = async (base: string): Promise<string> => {
  const { client_id, client_secret, refresh_token } = sandboxCredentials.linkedin;
  const form = { client_id, client_secret, refresh_token, grant_type: 'refresh_token' };
  const answer = await fetch(`${base}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
};

/** Two visitors of different accounts of each provider, below its base address. */
const visitorsOf: Readonly<Record<string, (base: string) => Promise<Visitor>[]>> = {
  hubspot: byConsent('hubspot', {
    authorize: '/oauth/authorize',
    query: { scope: 'oauth crm.objects.contacts.read' },
    token: '/oauth/2026-03/token',
    read: get('/crm/v3/objects/contacts'),
  }),
  salesforce: byConsent('salesforce', {
    authorize: '/services/oauth2/authorize',
    query: { response_type: 'code', scope: 'api refresh_token' },
    pkce: true,
    token: '/services/oauth2/token',
    read: (_base, { instance_url, access_token }) =>
      fetch(`${instance_url}/services/data/v64.0/limits`, {
        headers: bearer(access_token!),
      }),
  }),
  gong: byConsent('gong', {
    authorize: '/oauth2/authorize',
    query: { response_type: 'code', scope: 'api:users:read' },
    token: '/oauth2/generate-customer-token',
    sent: 'query',
    basic: true,
    read: (_base, tokens) =>
      fetch(`${tokens.api_base_url_for_customer}/v2/users`, { headers: bearer(tokens.access_token!) }),
  }),
  notion: byConsent('notion', {
    authorize: '/v1/oauth/authorize',
    query: { response_type: 'code', owner: 'user' },
    token: '/v1/oauth/token',
    sent: 'json',
    basic: true,
    read: (base, tokens) =>
      fetch(`${base}/v1/users`, {
        headers: { ...bearer(tokens.access_token!), 'notion-version': '2026-03-11' },
      }),
  }),
  slack: byConsent('slack', {
    authorize: '/oauth/v2/authorize',
    query: { scope: 'team:read,users:read' },
    token: '/api/oauth.v2.access',
    read: get('/api/team.info'),
  }),
  gmail: byConsent('gmail', {
    authorize: '/o/oauth2/v2/auth',
    query: {
      response_type: 'code',
      scope: 'https://www.googleapis.com/auth/gmail.readonly',
      access_type: 'offline',
      prompt: 'consent',
    },
    pkce: true,
    token: '/token',
    read: get('/gmail/v1/users/me/labels'),
  }),
  outlook: byConsent('outlook', {
    authorize: '/common/oauth2/v2.0/authorize',
    query: { response_type: 'code', scope: 'offline_access User.Read Mail.Read' },
    pkce: true,
    token: '/common/oauth2/v2.0/token',
    read: get('/v1.0/me'),
  }),
  pipedrive: byKey((base, key) => fetch(`${base}/api/v2/deals`, { headers: { 'x-api-token': key } })),
  fathom: byKey((base, key) => fetch(`${base}/external/v1/meetings`, { headers: { 'x-api-key': key } })),
  aircall: byKey((base, key) =>
    fetch(`${base}/v1/teams`, {
      headers: { authorization: `Basic ${Buffer.from(`${key}:token`).toString('base64')}` },
    }),
  ),
  grain: byKey((base, key) =>
    fetch(`${base}/_/public-api/v2/teams`, {
      method: 'POST',
      headers: { ...bearer(key), ...json, 'public-api-version': '2025-10-31' },
      body: '{}',
    }),
  ),
  granola: byKey((base, key) => fetch(`${base}/v1/notes`, { headers: bearer(`grn_${key}`) })),
  fireflies: byKey((base, key) =>
    fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { ...bearer(key), ...json },
      body: JSON.stringify({ query: '{ users { user_id } }' }),
    }),
  ),
  pylon: byKey(
    (base, key) => fetch(`${base}/teams`, { headers: bearer(key) }),
    (account) => `sandbox_pylon_${account}`,
  ),
  x: (base) =>
    (
      [
        ['1538291', 'acme'],
        ['', 'globex'],
      ] as const
    ).map(async ([known, name]) => {
      const headers = bearer(sandboxCredentials.x.bearer);
      const user = (await (await fetch(`${base}/2/users/by/username/${name}`, { headers })).json()) as {
        data: { id: string };
      };
      const account = known || user.data.id;
      return visitor(account, (what) =>
        fetch(
          what === 'posts'
            ? `${base}/2/users/${account}/tweets?max_results=100&tweet.fields=public_metrics`
            : `${base}/2/users/by/username/${name}`,
          { headers },
        ),
      );
    }),
  linkedin: (base) =>
    (
      [
        ['2414183', 'acme'],
        ['', 'globex'],
      ] as const
    ).map(async ([known, name]) => {
      const headers = {
        ...bearer(await linkedInToken(base)),
        'linkedin-version': '202608',
        'x-restli-protocol-version': '2.0.0',
      };
      const found = `${base}/rest/organizations?q=vanityName&vanityName=${name}`;
      const page = (await (await fetch(found, { headers })).json()) as { elements: { id: number }[] };
      const account = known || String(page.elements[0]!.id);
      const posts = `${base}/rest/posts?q=author&author=urn%3Ali%3Aorganization%3A${account}&count=1`;
      return visitor(account, (what) => fetch(what === 'posts' ? posts : found, { headers }));
    }),
};

export const providers = Object.keys(visitorsOf);

/** Two visitors of a provider of the sandbox at `url`, each with an account of their own. */
export async function twoVisitors(url: string, type: string): Promise<[Visitor, Visitor]> {
  const [one, other] = await Promise.all(visitorsOf[type]!(`${url}/${type}`));
  return [one!, other!];
}
