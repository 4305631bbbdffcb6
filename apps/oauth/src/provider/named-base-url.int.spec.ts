import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';

import { sandboxCredentials } from '@connections/sandbox';

import { listening, NamingFront } from '../../test/naming-front.js';
import { VaultHouse } from '../../test/vault-house.js';
import { Providers } from './providers.js';
import { TokenEndpoint } from './token-endpoint.js';

let house: VaultHouse;
let providers: Providers;
let endpoint: TokenEndpoint;
/** Changes what the stand-ins' token endpoints name. */
let front: NamingFront;
let stranger: Server;
/** Requests that came to an address that a token endpoint should not have named. */
const foreign: string[] = [];

const types = ['salesforce', 'gong'] as const;
type Type = (typeof types)[number];
const field = { salesforce: 'instance_url', gong: 'api_base_url_for_customer' };

beforeAll(async () => {
  house = await VaultHouse.start();
  front = await NamingFront.start(house.sandboxUrl);
  stranger = createServer((request, response) => {
    foreign.push(request.url!);
    response.end('{}');
  });
  hostile[0]![1] = await listening(stranger);
  const service = await house.replica(
    Object.fromEntries(
      types.flatMap((type) => [
        [`${type.toUpperCase()}_AUTH_BASE_URL`, `${front.url}/${type}`],
        [`${type.toUpperCase()}_CLIENT_ID`, sandboxCredentials[type].client_id],
        [`${type.toUpperCase()}_CLIENT_SECRET`, sandboxCredentials[type].client_secret],
      ]),
    ),
  );
  providers = service.app.get(Providers);
  endpoint = service.app.get(TokenEndpoint);
}, 60_000);
afterAll(async () => {
  await house?.stop();
  front?.close();
  stranger?.close();
});
afterEach(() => types.forEach((type) => front.name(type, field[type], undefined)));

const hostile: [what: string, address: string][] = [
  ['of somebody else', ''],
  ['that only looks like one', 'https://acme.my.salesforce.com.api.gong.io.evil.example'],
  ['that is a path', '@evil.example/'],
  ['inside the network', 'http://169.254.169.254/latest'],
];

async function connected(type: Type, account: string) {
  const who = await house.member();
  const request = { ...who, connectorType: type, connectionId: randomUUID(), purpose: 'connect' };
  const begun = await house.vault.beginAuthorization(request);
  const decided = await house.decide(begun, 'approve', { sandbox_account: account });
  return { ...who, authorizeUrl: begun.authorizeUrl, ...(await house.vault.completeAuthorization(decided)) };
}

const path = {
  salesforce: (account: string) => `/salesforce/org-${account}`,
  gong: (account: string) => `/gong/company-${account}`,
};

describe.each(types)('%s, whose tokens name a base URL', (type) => {
  const lease = (
    { workspaceId, credentialId }: Awaited<ReturnType<typeof connected>>,
    refusedVersion?: number,
  ) =>
    house.vault.leaseToken({
      workspaceId,
      credentialId: credentialId!,
      ...(refusedVersion === undefined ? {} : { refusedVersion }),
    });

  it('is asked there whose account it is, and leased with the address', async () => {
    const credential = await connected(type, '8001');
    expect(credential).toMatchObject({ outcome: 'success' });
    const { baseUrl } = await lease(credential);
    expect(new URL(baseUrl!).pathname).toBe(path[type]('8001'));
    const accounts = { salesforce: /^00D5g[0-9A-Za-z]{13}$/, gong: /\/gong\/company-8001$/ };
    expect(credential.account).toMatchObject({
      externalId: expect.stringMatching(accounts[type]),
      label: expect.stringContaining('Acme 8001'),
    });
  });

  it.each(hostile.map(([what], index) => [what, index] as const))(
    'an address %s is refused, and nothing stored or sent',
    async (_what, index) => {
      front.name(type, field[type], hostile[index]![1]);
      const { outcome, credentialId } = await connected(type, '8002');
      expect({ outcome, credentialId }).toEqual({ outcome: 'failed' });
      expect(foreign).toEqual([]);
    },
  );

  it('is moved by a refresh, to no address of somebody else', async () => {
    const credential = await connected(type, '8003');
    const first = await lease(credential);
    const elsewhere = first.baseUrl!.replace(/8003$/, '8999');
    front.name(type, field[type], elsewhere);
    const moved = await lease(credential, first.version);
    expect(moved).toMatchObject({ version: first.version + 1, baseUrl: elsewhere });
    // The tokens are kept all the same: of single-use refresh tokens there is no other.
    front.name(type, field[type], 'https://evil.example');
    const kept = await lease(credential, moved.version);
    expect(kept).toMatchObject({ version: moved.version + 1, baseUrl: moved.baseUrl });
    await expect(lease(credential, kept.version)).resolves.toMatchObject({ version: kept.version + 1 });
  });

  it('refreshes without a new refresh token or with one, until the grant is dead', async () => {
    const credential = await connected(type, '8004');
    const first = await lease(credential);
    if (type === 'salesforce') await house.control(type, { account: '8004', rotate_refresh_tokens: true });
    const second = await lease(credential, first.version);
    const third = await lease(credential, second.version);
    expect(new Set([first.token, second.token, third.token]).size).toBe(3);
    await house.control(type, { account: '8004', revoke_tokens: true });
    await expect(lease(credential, third.version)).rejects.toMatchObject({ code: 'credentials_rejected' });
  });

  it('knows a platform that it does not know from a grant that it does not', async () => {
    const connector = providers.connector(type, 'oauth');
    const wrong = { ...providers.environment, [`${type.toUpperCase()}_CLIENT_SECRET`]: 'wrong' };
    const other = new TokenEndpoint(new Providers(wrong));
    await expect(other.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'client_refused' });
    await expect(endpoint.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'grant_refused' });
  });
});

it('Salesforce: consent shows the org each time, under a challenge', async () => {
  const { authorizeUrl } = await connected('salesforce', '8005');
  const { client_id, redirect_uri, state, code_challenge, ...rest } = Object.fromEntries(
    new URL(authorizeUrl).searchParams,
  );
  expect([client_id, redirect_uri, state, code_challenge].every(Boolean)).toBe(true);
  expect(rest).toEqual({
    response_type: 'code',
    scope: 'api refresh_token',
    prompt: 'consent',
    code_challenge_method: 'S256',
  });
});

it('Salesforce: what was revoked is refused, and revoking it again says that it is dead', async () => {
  const connector = providers.connector('salesforce', 'oauth');
  const { workspaceId, credentialId } = await connected('salesforce', '8006');
  const { token, baseUrl } = await house.vault.leaseToken({ workspaceId, credentialId: credentialId! });
  const limits = () =>
    providers.http(connector, token, baseUrl).request({ path: '/services/data/v62.0/limits' });
  await expect(limits()).resolves.toMatchObject({ status: 200 });
  await endpoint.revoke(connector, token, 'access_token');
  await expect(limits()).rejects.toMatchObject({ fault: { kind: 'auth' } });
  await expect(endpoint.revoke(connector, token, 'access_token')).rejects.toMatchObject({
    kind: 'grant_refused',
  });
});
