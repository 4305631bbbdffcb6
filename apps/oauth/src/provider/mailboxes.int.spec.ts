import { randomUUID } from 'node:crypto';

import { sandboxCredentials } from '@connections/sandbox';

import { VaultHouse } from '../../test/vault-house.js';
import { Providers } from './providers.js';
import { TokenEndpoint } from './token-endpoint.js';

let house: VaultHouse;
let providers: Providers;
let endpoint: TokenEndpoint;

const types = ['gmail', 'outlook'] as const;
type Type = (typeof types)[number];

const environmentOf = (type: Type, url: string, secret?: string) => ({
  [`${type.toUpperCase()}_BASE_URL`]: `${url}/${type}`,
  [`${type.toUpperCase()}_AUTH_BASE_URL`]: `${url}/${type}`,
  [`${type.toUpperCase()}_CLIENT_ID`]: sandboxCredentials[type].client_id,
  [`${type.toUpperCase()}_CLIENT_SECRET`]: secret ?? sandboxCredentials[type].client_secret,
});

beforeAll(async () => {
  house = await VaultHouse.start();
  const service = await house.replica({
    ...environmentOf('gmail', house.sandboxUrl),
    ...environmentOf('outlook', house.sandboxUrl),
  });
  providers = service.app.get(Providers);
  endpoint = service.app.get(TokenEndpoint);
}, 60_000);
afterAll(() => house?.stop());

const begin = async (connectorType: Type) => {
  const who = await house.member();
  const request = { ...who, connectorType, connectionId: randomUUID(), purpose: 'connect' };
  return { ...who, ...(await house.vault.beginAuthorization(request)) };
};

async function connected(type: Type, account: string) {
  const begun = await begin(type);
  const decided = await house.decide(begun, 'approve', { sandbox_account: account });
  const { workspaceId } = begun;
  return { workspaceId, decided, ...(await house.vault.completeAuthorization(decided)) };
}

const asked = {
  gmail: {
    response_type: 'code',
    scope: 'https://www.googleapis.com/auth/gmail.readonly',
    access_type: 'offline',
    prompt: 'consent',
    code_challenge_method: 'S256',
  },
  outlook: {
    response_type: 'code',
    scope: 'offline_access User.Read Mail.Read',
    response_mode: 'query',
    prompt: 'select_account',
    code_challenge_method: 'S256',
  },
};

const accounts = {
  gmail: { externalId: 'user.7001@example.test', label: 'User.7001@example.test' },
  outlook: { externalId: 'u-7001', label: 'ada.7001@example.test' },
};

describe.each(types)('%s', (type) => {
  it('is asked for consent that outlives the hour', async () => {
    const url = new URL((await begin(type)).authorizeUrl);
    const {
      client_id,
      redirect_uri,
      state,
      code_challenge: challenge,
      ...rest
    } = Object.fromEntries(url.searchParams);
    expect([client_id, redirect_uri, state, challenge].every(Boolean)).toBe(true);
    expect(rest).toEqual(asked[type]);
  });

  it('names the mailbox', async () => {
    expect(await connected(type, '7001')).toMatchObject({ outcome: 'success', account: accounts[type] });
  });

  it('refreshes over and over, until the grant is dead', async () => {
    const { workspaceId, credentialId } = await connected(type, '7002');
    const lease = (refusedVersion?: number) =>
      house.vault.leaseToken({
        workspaceId,
        credentialId: credentialId!,
        ...(refusedVersion === undefined ? {} : { refusedVersion }),
      });
    const first = await lease();
    const second = await lease(first.version);
    const third = await lease(second.version);
    expect(new Set([first.token, second.token, third.token]).size).toBe(3);
    await house.control(type, { account: '7002', revoke_tokens: true });
    await expect(lease(third.version)).rejects.toMatchObject({ code: 'credentials_rejected' });
  });

  it('knows a platform that it does not know from a grant that it does not', async () => {
    const wrong = new TokenEndpoint(new Providers(environmentOf(type, house.sandboxUrl, 'wrong')));
    const connector = providers.connector(type, 'oauth');
    await expect(wrong.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'client_refused' });
    await expect(endpoint.refresh(connector, 'unknown')).rejects.toMatchObject({ kind: 'grant_refused' });
  });
});

describe('Google', () => {
  it('is believed only under its own name', async () => {
    const begun = await begin('gmail');
    const decided = await house.decide(begun, 'approve', { sandbox_account: '7003' });
    expect(decided).toMatchObject({ iss: 'https://accounts.google.com' });
    const other = { ...decided, iss: 'https://accounts.example.com' };
    expect(await house.vault.completeAuthorization(other)).toMatchObject({ outcome: 'failed' });
  });

  it('ends its grant when it is told to, and finds that done a second time', async () => {
    const { workspaceId, credentialId } = await connected('gmail', '7004');
    const { token } = await house.vault.leaseToken({ workspaceId, credentialId: credentialId! });
    const connector = providers.connector('gmail', 'oauth');
    await endpoint.revoke(connector, token, 'access_token');
    await expect(endpoint.revoke(connector, token, 'access_token')).rejects.toMatchObject({
      kind: 'grant_refused',
    });
  });
});
