import { randomUUID } from 'node:crypto';

import * as oidc from 'openid-client';

import { createSandbox, sandboxCredentials, type Sandbox } from '../src/index.js';

let sandbox: Sandbox;
let configuration: oidc.Configuration;

const ada = { subject: 'ada', name: 'Ada <Admin>', email: 'ada@acme.example', email_verified: true };
const redirectUri = 'http://localhost:4999/api/platform/v1/session/callback';

beforeAll(async () => {
  sandbox = await createSandbox({ people: [ada] });
  const { client_id, client_secret } = sandboxCredentials.oidc;
  configuration = await oidc.discovery(new URL(`${sandbox.url}/oidc`), client_id, client_secret, undefined, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
});
afterAll(() => sandbox?.close());

/** Asks to sign in; the provider's first answer. */
async function begin(parameters: Record<string, string> = {}) {
  const codeVerifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return { codeVerifier, answer: await fetch(url, { redirect: 'manual' }) };
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

it('lists people, and tells the client who was picked', async () => {
  const { codeVerifier, answer } = await begin();
  const page = new URL(answer.headers.get('location') ?? '', sandbox.url);
  const Cookie = cookiesOf(answer);
  const html = await (await fetch(page, { headers: { Cookie } })).text();
  expect([...html.matchAll(/name="subject" value="([^"]+)"/g)].map(([, subject]) => subject)).toEqual([
    'ada',
    'sandbox-stranger',
    'sandbox-unverified',
  ]);
  expect(html).not.toContain('<Admin>');

  const body = new URLSearchParams({ subject: 'ada' });
  const picked = await fetch(page, { method: 'POST', body, headers: { Cookie }, redirect: 'manual' });
  const resumed = await fetch(picked.headers.get('location') ?? '', {
    headers: { Cookie },
    redirect: 'manual',
  });
  const callback = new URL(resumed.headers.get('location') ?? '');
  expect(callback.origin + callback.pathname).toBe(redirectUri);
  const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: codeVerifier,
  });
  const claims = await oidc.fetchUserInfo(configuration, tokens.access_token, 'ada');
  expect(claims).toMatchObject({ sub: 'ada', email: ada.email, email_verified: true, name: ada.name });
});

it.each([
  ['another redirect address', { redirect_uri: 'https://evil.test/api/platform/v1/session/callback' }],
  ['another client', { client_id: 'somebody' }],
])('refuses %s', async (_what, parameters) => {
  const { answer } = await begin(parameters);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
});

it('takes somebody new while it runs', async () => {
  const subject = randomUUID();
  const person = { subject, name: 'Bo', email: 'bo@acme.example', email_verified: false };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox.url}/_control/people`, { method: 'PUT', headers, body: JSON.stringify(person) });
  const { people } = (await (await fetch(`${sandbox.url}/_control/people`)).json()) as { people: object[] };
  expect(people).toContainEqual(person);
});
