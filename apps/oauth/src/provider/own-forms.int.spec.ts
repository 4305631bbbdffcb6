import { randomUUID } from 'node:crypto';

import { sandboxCredentials } from '@connections/sandbox';

import { VaultHouse } from '../../test/vault-house.js';
import { Providers } from './providers.js';
import { TokenEndpoint } from './token-endpoint.js';

let house: VaultHouse;
let providers: Providers;
let endpoint: TokenEndpoint;

const types = ['notion', 'slack'] as const;
type Type = (typeof types)[number];

const environmentOf = (type: Type, url: string) => ({
  [`${type.toUpperCase()}_BASE_URL`]: `${url}/${type}`,
  [`${type.toUpperCase()}_AUTH_BASE_URL`]: `${url}/${type}`,
  [`${type.toUpperCase()}_CLIENT_ID`]: sandboxCredentials[type].client_id,
  [`${type.toUpperCase()}_CLIENT_SECRET`]: sandboxCredentials[type].client_secret,
});

beforeAll(async () => {
  house = await VaultHouse.start();
  const environment = Object.assign(
    {},
    ...types.map((type) => environmentOf(type, house.sandboxUrl)),
  ) as object;
  const service = await house.replica({ ...environment });
  providers = service.app.get(Providers);
  endpoint = service.app.get(TokenEndpoint);
}, 60_000);
afterAll(() => house?.stop());

const begin = async (connectorType: Type) => {
  const who = await house.member();
  const connectionId = randomUUID();
  const request = { ...who, connectorType, connectionId, purpose: 'connect' };
  return { ...who, connectionId, ...(await house.vault.beginAuthorization(request)) };
};

async function connected(type: Type, account = '7001') {
  const begun = await begin(type);
  const answer = await house.vault.completeAuthorization(
    await house.decide(begun, 'approve', { sandbox_account: account }),
  );
  return { ...begun, ...answer };
}

const accounts = {
  notion: { externalId: 'w-7001', label: 'Acme 7001 🦄' },
  slack: { externalId: 'T7001', label: 'Acme 7001 💬' },
};

const authorizeParameters = {
  notion: { owner: 'user', response_type: 'code' },
  slack: {
    response_type: 'code',
    scope: 'channels:read,groups:read,channels:history,groups:history,users:read,users:read.email,team:read',
  },
};

describe.each(types)('%s, in its own forms', (type) => {
  it('is asked for consent with what it wants to know, and nothing that it does not', async () => {
    const url = new URL((await begin(type)).authorizeUrl);
    const { client_id, redirect_uri, state, ...rest } = Object.fromEntries(url.searchParams);
    expect([client_id, redirect_uri, state].every(Boolean)).toBe(true);
    expect(rest).toEqual(authorizeParameters[type]);
  });

  it('names the account with the tokens', async () => {
    expect(await connected(type)).toMatchObject({ outcome: 'success', account: accounts[type] });
  });

  it('refreshes a token that it refuses, with single-use refresh tokens, until the grant is dead', async () => {
    const { workspaceId, credentialId } = await connected(type, '7002');
    const lease = (refusedVersion?: number) =>
      house.vault.leaseToken({
        workspaceId,
        credentialId: credentialId!,
        ...(refusedVersion === undefined ? {} : { refusedVersion }),
      });
    const first = await lease();
    const second = await lease(first.version);
    expect(second).toMatchObject({ version: first.version + 1 });
    expect(second.token).not.toBe(first.token);
    const third = await lease(second.version);
    await house.control(type, { account: '7002', revoke_tokens: true });
    await expect(lease(third.version)).rejects.toMatchObject({ code: 'credentials_rejected' });
  });

  it('ends its grant when it is told to', async () => {
    const { workspaceId, credentialId } = await connected(type, '7003');
    const { token, version } = await house.vault.leaseToken({ workspaceId, credentialId: credentialId! });
    const connector = providers.connector(type, 'oauth');
    await endpoint.revoke(connector, token, connector.auth.revocation!.token);
    await expect(
      house.vault.leaseToken({ workspaceId, credentialId: credentialId!, refusedVersion: version }),
    ).rejects.toMatchObject({ code: 'credentials_rejected' });
  });

  it('knows a platform that it does not know from a grant that it does not', async () => {
    const wrong = new TokenEndpoint(
      new Providers({
        ...environmentOf(type, house.sandboxUrl),
        [`${type.toUpperCase()}_CLIENT_SECRET`]: 'wrong',
      }),
    );
    const connector = providers.connector(type, 'oauth');
    await expect(wrong.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'client_refused' });
    await expect(endpoint.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'grant_refused' });
  });
});
