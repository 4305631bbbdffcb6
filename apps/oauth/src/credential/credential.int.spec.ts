import { randomBytes, randomUUID } from 'node:crypto';

import type { RunningService } from '@connections/platform';
import { eventually } from '@connections/testing';
import pg from 'pg';

import { VaultHouse } from '../../test/vault-house.js';
import { LeaseToken } from '../lease/lease-token.js';
import { Rewrap } from '../vault/rewrap.js';
import { Revoke } from './revoke.js';
import { SweepStaged } from './sweep-staged.js';

let house: VaultHouse;
let service: RunningService;

beforeAll(async () => {
  house = await VaultHouse.start();
  service = await house.replica();
}, 60_000);
afterAll(() => house?.stop());
beforeEach(() => house.reset());

const pipedriveKey = (company = 1001) => `sandbox_${company}`;

async function pipedrive(company = 1001) {
  const who = await house.member();
  const staged = await house.vault.stageApiKey({
    workspaceId: who.workspaceId,
    connectorType: 'pipedrive',
    apiKey: pipedriveKey(company),
  });
  return { ...who, ...staged };
}

async function connected(
  staged: { workspaceId: string; userId: string; credentialId: string },
  type = 'pipedrive',
) {
  const row = await house.row(staged.credentialId);
  const { connectionId } = await house.connections.connect({
    workspaceId: staged.workspaceId,
    userId: staged.userId,
    connectorType: type,
    credentialId: staged.credentialId,
    account: row?.['account'] as never,
  });
  await eventually(async () =>
    expect(await house.row(staged.credentialId)).toMatchObject({
      status: 'active',
      connection_id: connectionId,
    }),
  );
  return connectionId;
}

const wiped = { status: 'retired', key_version: null, wrapped_key: null, ciphertext: null };

describe('an API key', () => {
  it('that the provider accepts is staged for its account, and leased', async () => {
    const { workspaceId, credentialId, account } = await pipedrive();
    expect(account).toMatchObject({ externalId: '1001' });
    expect(await house.vault.leaseToken({ workspaceId, credentialId })).toMatchObject({
      kind: 'api_key',
      token: pipedriveKey(),
      version: 1,
    });
  });

  it('that it refuses leaves no row', async () => {
    const { workspaceId } = await house.member();
    await expect(
      house.vault.stageApiKey({ workspaceId, connectorType: 'pipedrive', apiKey: 'wrong' }),
    ).rejects.toMatchObject({ code: 'credentials_rejected' });
    expect(await house.query(`SELECT 1 FROM credential WHERE workspace_id = $1`, [workspaceId])).toEqual([]);
  });

  it('is not judged while the provider is away', async () => {
    const { workspaceId } = await house.member();
    await house.control('pipedrive', { fail: { status: 503, times: 1, path: '/users/me' } });
    await expect(
      house.vault.stageApiKey({ workspaceId, connectorType: 'pipedrive', apiKey: pipedriveKey() }),
    ).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('refused to a worker is asked for once more, and rejected for good only when it is dead', async () => {
    const staged = await pipedrive(1002);
    const connectionId = await connected(staged);
    const { workspaceId, credentialId } = staged;
    const lease = () => house.vault.leaseToken({ workspaceId, credentialId, refusedVersion: 1 });
    await expect(lease()).rejects.toMatchObject({ code: 'provider_unavailable' });
    await house.control('pipedrive', { revoke_tokens: true });
    await expect(lease()).rejects.toMatchObject({ code: 'credentials_rejected' });
    await expect(lease()).rejects.toMatchObject({ code: 'credentials_rejected' });
    const events = await house.events(`credential-${credentialId}`);
    expect(events.map(({ type }) => type)).toEqual([
      'CredentialStaged',
      'CredentialActivated',
      'CredentialRejected',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ connectionId, workspaceId });
  });
});

describe('a handle', () => {
  const stage = async (accountHandle: string, more: object = {}) => {
    const { workspaceId } = await house.member();
    const staged = await house.vault.stageHandle({ workspaceId, connectorType: 'x', accountHandle, ...more });
    return { workspaceId, ...staged };
  };

  it.each(['acme', '@Acme', 'https://x.com/acme'])('written %s is the same account', async (handle) => {
    expect((await stage(handle)).account).toMatchObject({ externalId: '1538291', handle: 'acme' });
  });

  it('takes the label that the member gave', async () => {
    expect((await stage('acme', { displayName: 'Our X' })).account).toMatchObject({ displayName: 'Our X' });
  });

  it('is leased with the platform’s own token', async () => {
    const { workspaceId, credentialId } = await stage('acme', { externalAccountId: '1538291' });
    expect(await house.vault.leaseToken({ workspaceId, credentialId })).toMatchObject({
      kind: 'handle',
      token: house.environment['X_BEARER_TOKEN'],
    });
  });

  it('of nobody, of another account, and of what is no handle is refused', async () => {
    await expect(stage('no spaces allowed')).rejects.toMatchObject({ code: 'handle_not_found' });
    await expect(stage('missing_1')).rejects.toMatchObject({ code: 'handle_not_found' });
    await expect(stage('acme', { externalAccountId: '1' })).rejects.toMatchObject({
      code: 'account_mismatch',
    });
  });

  it('whose platform token is refused is no fault of the customer', async () => {
    const { workspaceId, credentialId } = await stage('acme');
    const misconfigured = await house.replica({ X_BEARER_TOKEN: 'revoked' });
    const leases = misconfigured.app.get(LeaseToken);
    const { version } = await leases.leaseToken({ workspaceId, credentialId });
    await expect(
      leases.leaseToken({ workspaceId, credentialId, refusedVersion: version }),
    ).rejects.toMatchObject({ code: 'platform_credentials_rejected' });
    await misconfigured.close();
    expect(await house.row(credentialId)).toMatchObject({ status: 'staged' });
  });

  it('is read with a token that the platform’s client gets, where there is no bearer', async () => {
    const { workspaceId, credentialId } = await stage('acme');
    const { sandboxCredentials } = await import('@connections/sandbox');
    const { client_id: X_CLIENT_ID, client_secret: X_CLIENT_SECRET } = sandboxCredentials.x;
    const minting = await house.replica({ X_BEARER_TOKEN: '', X_CLIENT_ID, X_CLIENT_SECRET });
    const lease = await minting.app.get(LeaseToken).leaseToken({ workspaceId, credentialId });
    const answer = await fetch(`${house.sandboxUrl}/x/2/users/by/username/acme`, {
      headers: { authorization: `Bearer ${lease.token}` },
    });
    expect(answer.status).toBe(200);
    await minting.close();
  });
});

describe('a connection', () => {
  it('that is disconnected has its secrets wiped', async () => {
    const staged = await pipedrive(1003);
    const connectionId = await connected(staged);
    const { workspaceId, userId, credentialId } = staged;
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await eventually(async () => expect(await house.row(credentialId)).toMatchObject(wiped));
    await expect(house.vault.leaseToken({ workspaceId, credentialId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('that gets another key lets go of the older one', async () => {
    const older = await pipedrive(1004);
    const connectionId = await connected(older);
    const { workspaceId, userId } = older;
    const connectorType = 'pipedrive';
    const newer = await house.vault.stageApiKey({ workspaceId, connectorType, apiKey: pipedriveKey(1004) });
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await house.connections.reconnect({ workspaceId, userId, connectionId, ...newer });
    await eventually(async () => {
      expect(await house.row(older.credentialId)).toMatchObject(wiped);
      expect(await house.row(newer.credentialId)).toMatchObject({
        status: 'active',
        connection_id: connectionId,
      });
    });
  });
});

describe('a revocation', () => {
  const states = (credentialId: string) =>
    house.query(`SELECT state, ciphertext FROM revocation WHERE credential_id = $1`, [credentialId]);

  /** An established HubSpot connection to this portal. */
  async function hubspot(portal: string) {
    const who = await house.member();
    const { connectionId } = await house.connections.requestConnection({ ...who, connectorType: 'hubspot' });
    const flow = await house.begin(who, { connectionId });
    const { credentialId, account } = await house.vault.completeAuthorization(
      await house.decide(flow, 'approve', { sandbox_account: portal }),
    );
    const approved = { ...who, connectionId, credentialId: credentialId!, account: account! };
    await house.connections.completeAuthorization(approved);
    await eventually(async () => expect(await house.row(credentialId!)).toMatchObject({ status: 'active' }));
    return approved;
  }

  it('ends the grant at the provider when its connection is disconnected', async () => {
    const { workspaceId, userId, connectionId, credentialId } = await hubspot('4711500');
    const { token } = await house.vault.leaseToken({ workspaceId, credentialId });
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await eventually(async () => expect(await house.row(credentialId)).toMatchObject(wiped));
    await service.app.get(Revoke).run();
    await eventually(async () =>
      expect(await states(credentialId)).toEqual([{ state: 'revoked', ciphertext: null }]),
    );
    const answer = await fetch(`${house.sandboxUrl}/hubspot/crm/owners/2026-03`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  });

  it('waits for the provider', async () => {
    const { workspaceId, userId, connectionId, credentialId } = await hubspot('4711501');
    await house.control('hubspot', { fail: { status: 503, times: 1, path: '/revoke' } });
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await eventually(async () => {
      await service.app.get(Revoke).run();
      expect(
        await house.query(`SELECT last_fault FROM revocation WHERE credential_id = $1`, [credentialId]),
      ).toEqual([{ last_fault: 'away' }]);
    });
    await house.query(`UPDATE revocation SET next_attempt_at = now() WHERE credential_id = $1`, [
      credentialId,
    ]);
    await eventually(async () => {
      await service.app.get(Revoke).run();
      expect(await states(credentialId)).toEqual([{ state: 'revoked', ciphertext: null }]);
    });
  });

  it('is left out while another live connection uses the same account', async () => {
    const [one, other] = [await hubspot('4711502'), await hubspot('4711502')];
    const { workspaceId, userId, connectionId, credentialId } = one;
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await eventually(async () => {
      await service.app.get(Revoke).run();
      expect(await states(credentialId)).toEqual([{ state: 'still_used', ciphertext: null }]);
    });
    expect(
      await house.vault.leaseToken({
        workspaceId: other.workspaceId,
        credentialId: other.credentialId,
        refusedVersion: 1,
      }),
    ).toMatchObject({ version: 2 });
  });

  it('waits for a consent of the same workspace that is under way: it may be to the same account', async () => {
    const { workspaceId, userId, connectionId, credentialId } = await hubspot('4711503');
    const flow = await house.begin({ workspaceId, userId }, { connectionId: randomUUID() });
    await house.connections.disconnect({ workspaceId, userId, connectionId });
    await eventually(async () => expect(await states(credentialId)).toHaveLength(1));
    await service.app.get(Revoke).run();
    expect(await states(credentialId)).toMatchObject([{ state: 'pending' }]);
    const fresh = await house.vault.completeAuthorization(
      await house.decide(flow, 'approve', { sandbox_account: '4711503' }),
    );
    expect(fresh).toMatchObject({ outcome: 'success' });
    await service.app.get(Revoke).run();
    expect(await states(credentialId)).toEqual([{ state: 'still_used', ciphertext: null }]);
  });
});

describe('a staged credential', () => {
  const age = (credentialId: string) =>
    house.query(`UPDATE credential SET staged_at = now() - interval '16 minutes' WHERE credential_id = $1`, [
      credentialId,
    ]);

  it('that nobody took in fifteen minutes is wiped, and its consent revoked', async () => {
    const { credentialId } = await house.hubspot('4711600');
    await service.app.get(SweepStaged).run();
    expect(await house.row(credentialId)).toMatchObject({ status: 'staged' });
    await age(credentialId);
    await eventually(async () => {
      await service.app.get(SweepStaged).run();
      expect(await house.row(credentialId)).toMatchObject(wiped);
    });
    expect(
      await house.query(`SELECT 1 FROM revocation WHERE credential_id = $1`, [credentialId]),
    ).toHaveLength(1);
  });

  it('is kept while connections answers calls but has not come to its approval, and then goes into use', async () => {
    const who = await house.member();
    const { connectionId } = await house.connections.requestConnection({ ...who, connectorType: 'hubspot' });
    const flow = await house.begin(who, { connectionId });
    const neighbour = new pg.Client(house.environment['CONNECTIONS_DATABASE_URL']);
    await neighbour.connect();
    try {
      // Reads pass, and the policy waits: connections after an outage, behind its events.
      await neighbour.query('BEGIN');
      await neighbour.query('LOCK TABLE approval IN EXCLUSIVE MODE');
      const decided = await house.decide(flow, 'approve', { sandbox_account: '4711601' });
      const { credentialId = '' } = await house.vault.completeAuthorization(decided);
      await age(credentialId);
      await service.app.get(SweepStaged).run();
      expect(await house.row(credentialId)).toMatchObject({ status: 'staged' });
      await neighbour.query('COMMIT');
      await eventually(async () =>
        expect(await house.row(credentialId)).toMatchObject({
          status: 'active',
          connection_id: connectionId,
        }),
      );
    } finally {
      await neighbour.end();
    }
  });

  it('of an approval that nobody has answered for three days is wiped', async () => {
    const neighbour = new pg.Client(house.environment['CONNECTIONS_DATABASE_URL']);
    await neighbour.connect();
    try {
      await neighbour.query('BEGIN');
      await neighbour.query('LOCK TABLE approval IN EXCLUSIVE MODE');
      const { credentialId } = await house.hubspot('4711602');
      await house.query(
        `UPDATE credential SET staged_at = now() - interval '73 hours' WHERE credential_id = $1`,
        [credentialId],
      );
      await service.app.get(SweepStaged).run();
      expect(await house.row(credentialId)).toMatchObject(wiped);
    } finally {
      await neighbour.end();
    }
  });

  it('that a connection holds is kept, though the news of it has not come', async () => {
    const staged = await pipedrive(1005);
    await connected(staged);
    await house.query(
      `UPDATE credential SET status = 'staged', connection_id = NULL WHERE credential_id = $1`,
      [staged.credentialId],
    );
    await age(staged.credentialId);
    await service.app.get(SweepStaged).run();
    expect(await house.row(staged.credentialId)).toMatchObject({ status: 'staged' });
  });
});

describe('rotation of the key-encryption key', () => {
  it('wraps every secret anew while leases go on, and then does without the older key', async () => {
    const { workspaceId, credentialId } = await pipedrive(1006);
    const second = `2:${randomBytes(32).toString('base64')}`;
    const rotated = await house.replica({ VAULT_KEYS: `${house.environment['VAULT_KEYS']},${second}` });
    await eventually(async () => {
      await rotated.app.get(Rewrap).run();
      const left = await house.query(
        `SELECT 1 FROM credential WHERE key_version <> 2 AND credential_id = $1`,
        [credentialId],
      );
      expect(left).toEqual([]);
    });
    await rotated.close();
    const only = await house.replica({ VAULT_KEYS: second });
    const lease = await only.app.get(LeaseToken).leaseToken({ workspaceId, credentialId });
    expect(lease.token).toBe(pipedriveKey(1006));
    await only.close();
  });

  it('needs keys to begin with', async () => {
    const { loadOauthConfig } = await import('../config.js');
    const environment = { ...house.environment, VAULT_KEYS: '', NODE_ENV: 'production' };
    expect(() => loadOauthConfig(environment as never)).toThrow('VAULT_KEYS');
    expect(() => loadOauthConfig({ ...environment, VAULT_KEYS: `1:${randomUUID()}` } as never)).toThrow(
      'VAULT_KEYS',
    );
  });
});
