import { launchSandbox } from '@connections/testing';
import { request } from 'undici';
import { closeProviderPools, createProviderHttp, findConnector, type ProviderHttp } from './index.js';

describe('whose account it is', () => {
  let sandbox: Awaited<ReturnType<typeof launchSandbox>>;
  let env: Record<string, string>;

  beforeAll(async () => {
    sandbox = await launchSandbox();
    env = Object.fromEntries(
      ['hubspot', 'pipedrive', 'x'].flatMap((type) => [
        [`${type.toUpperCase()}_BASE_URL`, `${sandbox.url}/${type}`],
        [`${type.toUpperCase()}_AUTH_BASE_URL`, `${sandbox.url}/${type}`],
      ]),
    );
  });
  afterAll(async () => {
    await closeProviderPools();
    await sandbox.close();
  });

  const http = (type: string, token: string): ProviderHttp =>
    createProviderHttp({ definition: findConnector(type)!, token, env });

  it('Pipedrive: the company of an API key', async () => {
    const { auth } = findConnector('pipedrive')!;
    if (auth.method !== 'api_key') throw new Error('an API key');
    expect(await auth.verify(http('pipedrive', 'sandbox_1001'))).toEqual({
      externalId: '1001',
      label: 'Acme',
    });
    await expect(auth.verify(http('pipedrive', 'wrong'))).rejects.toMatchObject({ fault: { kind: 'auth' } });
  });

  it('X: the page’s own example, any way the handle is written', async () => {
    const { auth } = findConnector('x')!;
    if (auth.method !== 'handle') throw new Error('a handle');
    const handle = auth.normalise('https://x.com/Acme')!;
    expect(await auth.resolve(http('x', 'sandbox-x-bearer'), handle)).toMatchObject({
      externalId: '1538291',
      handle: 'acme',
      url: expect.stringMatching(/^https:\/\/x\.com\/acme$/i),
    });
    await expect(auth.resolve(http('x', 'sandbox-x-bearer'), 'missing')).rejects.toMatchObject({
      fault: { kind: 'handle_not_found' },
    });
    await expect(auth.resolve(http('x', 'wrong'), 'acme')).rejects.toMatchObject({ fault: { kind: 'auth' } });
  });

  it('HubSpot: the portal of a token, by introspection where the token answer does not name it', async () => {
    const { auth } = findConnector('hubspot')!;
    if (auth.method !== 'oauth') throw new Error('OAuth');
    const client = { id: 'sandbox-hubspot-client', secret: 'sandbox-hubspot-secret' };
    const redirect_uri = 'http://localhost/callback';
    const consent = new URLSearchParams({
      client_id: client.id,
      redirect_uri,
      scope: auth.scopes.join(' '),
      sandbox_decision: 'approve',
    });
    const approved = await request(`${sandbox.url}/hubspot/oauth/authorize?${consent}`);
    const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
    const answer = await createProviderHttp({ definition: findConnector('hubspot')!, env }).request({
      method: 'POST',
      path: `${sandbox.url}/hubspot/oauth/2026-03/token`,
      form: {
        grant_type: 'authorization_code',
        client_id: client.id,
        client_secret: client.secret,
        redirect_uri,
        code,
      },
    });
    const { access_token } = answer.body as { access_token: string };
    const account = await auth.identify(
      http('hubspot', access_token),
      { access_token },
      { ...client, authBaseUrl: env['HUBSPOT_AUTH_BASE_URL']! },
    );
    expect(account).toEqual({ externalId: '4711001', label: expect.stringContaining('.') });
  });

  it('a provider that is away is a transient fault, an abort is the caller’s own', async () => {
    const away = { ...env, PIPEDRIVE_BASE_URL: 'http://127.0.0.1:9' };
    const definition = findConnector('pipedrive')!;
    await expect(createProviderHttp({ definition, env: away }).request({ path: '/x' })).rejects.toMatchObject(
      {
        fault: { kind: 'transient' },
      },
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(createProviderHttp({ definition, env, signal }).request({ path: '/x' })).rejects.toThrow(
      'enough',
    );
  });

  it('a private address is refused in production before anything is sent', async () => {
    const definition = findConnector('pipedrive')!;
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const production = {
        NODE_ENV: 'production',
        PIPEDRIVE_BASE_URL: `https://${host}:${new URL(sandbox.url).port}`,
      };
      await expect(
        createProviderHttp({ definition, env: production }).request({ path: '/x' }),
      ).rejects.toMatchObject({
        fault: { kind: 'config', note: 'RefusedAddress' },
      });
    }
  });
});
