import { randomBytes } from 'node:crypto';
import { findConnector } from '@connections/connectors';
import { sandboxCredentials } from '@connections/sandbox';
import { request } from 'undici';
import { instanceAccess } from './instance-access.js';
import { standardAccess } from './standard-access.js';

/** The stand-ins' controls, and credentials that they accept. */
export function sandboxAccess(url: string) {
  const call = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, json?: object) => {
    const answer = await request(`${url}/_control/${path}`, {
      method,
      ...(json ? { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } } : {}),
    });
    const body = await answer.body.json();
    if (answer.statusCode >= 300) throw new Error(JSON.stringify(body));
    return body;
  };

  /** A HubSpot access token, by the whole consent flow. */
  async function hubspotToken(): Promise<string> {
    const client = { client_id: 'sandbox-hubspot-client', client_secret: 'sandbox-hubspot-secret' };
    const redirect_uri = 'http://localhost/callback';
    const { auth } = findConnector('hubspot')!;
    if (auth.method !== 'oauth') throw new Error('HubSpot is connected by OAuth');
    const scope = auth.scopes.join(' ');
    const optional_scope = auth.optionalScopes?.join(' ') ?? '';
    const { client_id } = client;
    const consent = new URLSearchParams({
      client_id,
      redirect_uri,
      scope,
      optional_scope,
      sandbox_decision: 'approve',
    });
    const approved = await request(`${url}/hubspot/oauth/authorize?${consent}`);
    const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
    const form = new URLSearchParams({ ...client, redirect_uri, grant_type: 'authorization_code', code });
    const answer = await request(`${url}/hubspot/oauth/2026-03/token`, {
      method: 'POST',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return ((await answer.body.json()) as { access_token: string }).access_token;
  }

  /** An access token of a provider that takes HTTP Basic at its token endpoint, by the whole consent flow. */
  async function basicToken(type: 'notion' | 'slack'): Promise<{ token: string; refreshToken: string }> {
    const { auth } = findConnector(type)!;
    if (auth.method !== 'oauth') throw new Error(`${type} is connected by OAuth`);
    const { client_id, client_secret } = sandboxCredentials[type];
    const redirect_uri = 'http://localhost/callback';
    const consent = new URLSearchParams({
      ...auth.authorizeParameters,
      client_id,
      redirect_uri,
      response_type: 'code',
      scope: auth.scopes.join(auth.scopeSeparator ?? ' '),
      sandbox_decision: 'approve',
    });
    const at = (real: string) => `${url}/${type}${new URL(real).pathname}`;
    const approved = await request(`${at(auth.authorizeUrl)}?${consent}`);
    const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
    const parameters = { redirect_uri, grant_type: 'authorization_code', code };
    const json = auth.tokenRequest === 'json';
    const answer = await request(at(auth.tokenUrl), {
      method: 'POST',
      body: json ? JSON.stringify(parameters) : new URLSearchParams(parameters).toString(),
      headers: {
        authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      },
    });
    const tokens = (await answer.body.json()) as { access_token: string; refresh_token: string };
    return { token: tokens.access_token, refreshToken: tokens.refresh_token };
  }

  /** An access token of a provider that wants client and code in a form, by the whole consent flow. */
  async function formToken(type: 'gmail' | 'outlook'): Promise<string> {
    const { auth } = findConnector(type)!;
    if (auth.method !== 'oauth') throw new Error(`${type} is connected by OAuth`);
    const client = sandboxCredentials[type];
    const redirect_uri = 'http://localhost/callback';
    const consent = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri,
      response_type: 'code',
      scope: auth.scopes.join(' '),
      ...auth.authorizeParameters,
      sandbox_decision: 'approve',
    });
    const at = (real: string) => `${url}/${type}${new URL(real).pathname}`;
    const approved = await request(`${at(auth.authorizeUrl)}?${consent}`);
    const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
    const answer = await request(at(auth.tokenUrl), {
      method: 'POST',
      body: new URLSearchParams({
        ...client,
        redirect_uri,
        grant_type: 'authorization_code',
        code,
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return ((await answer.body.json()) as { access_token: string }).access_token;
  }

  /** The platform's token of X at this moment. */
  async function appToken(type: 'x'): Promise<string> {
    const { client_id, client_secret } = sandboxCredentials[type];
    const answer = await request(`${url}/${type}/oauth2/token`, {
      method: 'POST',
      body: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    return ((await answer.body.json()) as { access_token: string }).access_token;
  }

  /** A token of the member whose pages LinkedIn shows to the platform. */
  async function memberToken(): Promise<string> {
    const form = new URLSearchParams({ grant_type: 'refresh_token', ...sandboxCredentials.linkedin });
    const answer = await request(`${url}/linkedin/oauth/v2/accessToken`, {
      method: 'POST',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return ((await answer.body.json()) as { access_token: string }).access_token;
  }

  return {
    /** Another credential of the same account: earlier ones may expire or be revoked. */
    async renewed(type: string): Promise<string> {
      if (type === 'x') return appToken(type);
      const { token } = await this.access(type);
      const { method } = findConnector(type)!.auth;
      return method === 'api_key' ? token.replace('1001', `1001_${randomBytes(4).toString('hex')}`) : token;
    },
    control: (type: string, settings: object) => call('PUT', type, settings),
    reset: (type: string) => call('DELETE', type),
    change: (type: string, action: 'touch' | 'create' | 'delete', stream: string, n: number) =>
      call('POST', `${type}/${action}`, { stream, n }),
    requests: async (type: string, query = ''): Promise<{ path: string; status: number; at: string }[]> => {
      const answer = (await call('GET', `${type}/requests${query}`)) as { requests?: never[] } | never[];
      return Array.isArray(answer) ? answer : (answer.requests ?? []);
    },
    async access(type: string) {
      if (type === 'hubspot')
        return { token: await hubspotToken(), account: { externalId: '4711001', label: 'acme' } };
      if (type === 'x')
        return {
          token: 'sandbox-x-bearer',
          account: { externalId: '1538291', label: '@acme', handle: 'acme' },
        };
      if (type === 'linkedin')
        return {
          token: await memberToken(),
          account: { externalId: '2414183', label: 'Acme 🚀', handle: 'acme' },
        };
      if (type === 'notion')
        return { ...(await basicToken(type)), account: { externalId: 'w-7001', label: 'Acme 7001 🦄' } };
      if (type === 'slack')
        return { ...(await basicToken(type)), account: { externalId: 'T9001', label: 'Acme 9001 💬' } };
      if (type === 'gmail') {
        const label = 'User.5001@example.test';
        return { token: await formToken(type), account: { externalId: label.toLowerCase(), label } };
      }
      if (type === 'outlook')
        return {
          token: await formToken(type),
          account: { externalId: 'u-6001', label: 'ada.6001@example.test' },
        };
      if (type === 'salesforce' || type === 'gong') return instanceAccess(url, type);
      return standardAccess(url, type);
    },
  };
}
