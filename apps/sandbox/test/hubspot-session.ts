import { Client } from '@hubspot/api-client';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

export const allScopes =
  'oauth crm.objects.contacts.read crm.objects.companies.read crm.objects.deals.read crm.objects.owners.read';
export const optionalScopes = 'tickets sales-email-read';
export const redirectUri = 'http://localhost:3000/callback';

/** Starts a sandbox and drives it as HubSpot's own client would drive HubSpot. */
export class HubSpotSession {
  private constructor(readonly sandbox: Sandbox) {}

  static async start(): Promise<HubSpotSession> {
    return new HubSpotSession(await createSandbox());
  }

  get base(): string {
    return `${this.sandbox.url}/hubspot`;
  }

  /** The vendor's own authorize URL, pointed at the sandbox. */
  authorizeUrl(more: Record<string, string> = {}): string {
    const own = new Client().oauth.getAuthorizationUrl(
      sandboxCredentials.hubspot.client_id,
      redirectUri,
      allScopes,
      optionalScopes,
      'state-1',
    );
    const url = new URL(own.replace('https://app.hubspot.com', this.base));
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Approves at once and returns where the browser is sent. */
  async decide(more: Record<string, string> = {}): Promise<URL> {
    const answer = await fetch(this.authorizeUrl({ sandbox_decision: 'approve', ...more }), {
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location')!);
  }

  exchange(code: string, client = new Client({ basePath: this.base })) {
    const { client_id, client_secret } = sandboxCredentials.hubspot;
    return client.oauth.tokensApi.create('authorization_code', code, redirectUri, client_id, client_secret);
  }

  refresh(refreshToken: string) {
    const { client_id, client_secret } = sandboxCredentials.hubspot;
    const { tokensApi } = new Client({ basePath: this.base }).oauth;
    return tokensApi.create('refresh_token', undefined, undefined, client_id, client_secret, refreshToken);
  }

  /** A client with a token of its own; `more` goes onto the authorize URL. */
  async client(more: Record<string, string> = {}) {
    const code = (await this.decide(more)).searchParams.get('code')!;
    const tokens = await this.exchange(code);
    return { client: new Client({ basePath: this.base, accessToken: tokens.accessToken }), tokens };
  }

  async control(method: string, path: string, body?: object) {
    const answer = await fetch(`${this.sandbox.url}/_control/hubspot${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return (await answer.json()) as Record<string, Loose>;
  }
}

/** The error that a promise ends with, as the vendor's client throws it: `{code, body, headers}`. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, Loose>> {
  try {
    await promise;
  } catch (error) {
    return error as Record<string, Loose>;
  }
  throw new Error('should have failed');
}
