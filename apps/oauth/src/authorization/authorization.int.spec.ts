import { randomUUID } from 'node:crypto';

import type { RunningService } from '@connections/platform';

import { VaultHouse } from '../../test/vault-house.js';
import { ExpireAuthorizations } from './expire-authorizations.js';

let house: VaultHouse;
let service: RunningService;

beforeAll(async () => {
  house = await VaultHouse.start();
  service = await house.replica();
}, 60_000);
afterAll(() => house?.stop());
beforeEach(() => house.reset());

/** How the flows of a connection ended, as their events tell. */
async function flowEvents(connectionId: string) {
  return house.query(
    `SELECT type, data->>'reason' AS reason, data->>'purpose' AS purpose FROM events
     WHERE data->>'connectionId' = $1 AND stream LIKE 'authorization-%' AND type <> 'AuthorizationStarted'
     ORDER BY position`,
    [connectionId],
  );
}

const expired = (reason: string, purpose = 'connect') => ({ type: 'AuthorizationExpired', reason, purpose });

async function begun(more: { purpose?: string; sessionHash?: string } = {}) {
  const who = await house.member();
  const connectionId = randomUUID();
  const url = await house.begin(who, { connectionId, ...more });
  return { ...who, connectionId, ...url };
}

describe('an authorize URL', () => {
  it('asks for the declared scopes with PKCE, at the configured address', async () => {
    const { authorizeUrl, expiresAt } = await begun();
    const url = new URL(authorizeUrl);
    expect(url.origin + url.pathname).toBe(`${house.sandboxUrl}/hubspot/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: house.environment['HUBSPOT_CLIENT_ID'],
      redirect_uri: 'http://localhost:3000/api/platform/v1/oauth/callback',
      response_type: 'code',
      optional_scope: 'tickets sales-email-read',
      code_challenge_method: 'S256',
    });
    const left = Date.parse(expiresAt) - Date.now();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThanOrEqual(10 * 60_000);
  });

  it('is an event, which says until when it is good', async () => {
    const { connectionId, userId, expiresAt } = await begun({ purpose: 'reconnect' });
    const events = await house.query(
      `SELECT data FROM events WHERE data->>'connectionId' = $1 AND type = 'AuthorizationStarted'`,
      [connectionId],
    );
    expect(events).toEqual([
      { data: expect.objectContaining({ connectionId, userId, expiresAt, purpose: 'reconnect' }) },
    ]);
  });

  it('is refused for a connector that takes a key, and for one without a puller', async () => {
    const who = {
      workspaceId: randomUUID(),
      userId: randomUUID(),
      connectionId: randomUUID(),
      purpose: 'connect',
    };
    const begin = (connectorType: string) => house.vault.beginAuthorization({ ...who, connectorType });
    await expect(begin('pipedrive')).rejects.toMatchObject({ code: 'not_connectable' });
    await expect(begin('circleback')).rejects.toMatchObject({ code: 'not_connectable' });
    await expect(begin('nobody')).rejects.toMatchObject({ code: 'unknown_connector' });
  });
});

describe('an approval', () => {
  it('stages a credential for the account, and says so', async () => {
    const flow = await begun();
    const answer = await house.vault.completeAuthorization(await house.decide(flow));
    expect(answer).toMatchObject({
      outcome: 'success',
      workspaceId: flow.workspaceId,
      connectionId: flow.connectionId,
      userId: flow.userId,
      purpose: 'connect',
      account: { externalId: '4711001' },
    });
    expect(await house.row(answer.credentialId!)).toMatchObject({ status: 'staged', user_id: flow.userId });
    expect(await flowEvents(flow.connectionId)).toMatchObject([{ type: 'AuthorizationCompleted' }]);
  });

  it('counts once: the state is used up', async () => {
    const flow = await begun();
    const callback = await house.decide(flow);
    const both = await Promise.all([
      house.vault.completeAuthorization(callback),
      house.vault.completeAuthorization(callback),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['expired', 'success']);
    expect(await house.vault.completeAuthorization(callback)).toMatchObject({ outcome: 'expired' });
  });

  it('needs the newest URL of its row', async () => {
    const first = await begun({ purpose: 'reconnect' });
    const second = await house.begin(first, { connectionId: first.connectionId });
    const late = await house.vault.completeAuthorization(await house.decide(first));
    expect(late).toMatchObject({ outcome: 'expired', connectionId: first.connectionId });
    const answer = await house.vault.completeAuthorization(await house.decide(second));
    // What takes over a reconnect is one.
    expect(answer).toMatchObject({ outcome: 'success', purpose: 'reconnect' });
    expect(await flowEvents(first.connectionId)).toMatchObject([
      expired('voided', 'reconnect'),
      { type: 'AuthorizationCompleted' },
    ]);
  });

  it('is worth nothing to another session than the one that asked', async () => {
    const flow = await begun({ sessionHash: 'a'.repeat(64) });
    const callback = await house.decide(flow);
    for (const sessionHash of [undefined, 'b'.repeat(64)]) {
      const answer = await house.vault.completeAuthorization({
        ...callback,
        ...(sessionHash && { sessionHash }),
      });
      expect(answer).toEqual({ outcome: 'unknown' });
    }
    const own = await house.vault.completeAuthorization({ ...callback, sessionHash: 'a'.repeat(64) });
    expect(own.outcome).toBe('success');
  });

  it.each([
    [
      'the surface is read only by now',
      (workspaceId: string) =>
        house.access.setSurfacePolicy({
          workspaceId,
          surface: 'connections',
          policy: { roles: { viewer: 'read', editor: 'read', admin: 'write' }, members: {} },
          setBy: 'u1',
        }),
    ],
    [
      'the app was switched off',
      (workspaceId: string) =>
        house.access.switchApp({ workspaceId, app: 'connections', enabled: false, switchedBy: 'u1' }),
    ],
    [
      'the member was removed',
      (workspaceId: string, userId: string) =>
        house.access.removeMember({ workspaceId, userId, removedBy: 'u1' }),
    ],
  ])('fails when %s', async (_what, lose) => {
    const flow = await begun();
    await lose(flow.workspaceId, flow.userId);
    const answer = await house.vault.completeAuthorization(await house.decide(flow));
    expect(answer).toMatchObject({ outcome: 'failed', connectionId: flow.connectionId });
    expect(await flowEvents(flow.connectionId)).toEqual([expired('failed')]);
  });

  it('fails when the member may no longer connect', async () => {
    const who = await house.member('viewer');
    const connectionId = randomUUID();
    const answer = await house.vault.completeAuthorization(
      await house.decide(await house.begin(who, { connectionId })),
    );
    expect(answer).toMatchObject({ outcome: 'failed', connectionId });
    expect(await flowEvents(connectionId)).toEqual([expired('failed')]);
    const stranger = { ...who, userId: randomUUID() };
    expect(
      await house.vault.completeAuthorization(await house.decide(await house.begin(stranger))),
    ).toMatchObject({
      outcome: 'failed',
    });
  });

  it('without a required scope stores nothing, and is given back', async () => {
    const flow = await begun();
    // As if the app had lost a scope between the consent and now.
    const url = new URL(flow.authorizeUrl);
    url.searchParams.set('scope', 'oauth');
    const answer = await house.vault.completeAuthorization(
      await house.decide({ ...flow, authorizeUrl: url.href }, 'approve', { sandbox_account: '4711300' }),
    );
    expect(answer).toMatchObject({ outcome: 'insufficient_scope', connectionId: flow.connectionId });
    expect(answer.credentialId).toBeUndefined();
    expect(await flowEvents(flow.connectionId)).toEqual([expired('insufficient_scope')]);
    expect(await house.query(`SELECT 1 FROM credential WHERE user_id = $1`, [flow.userId])).toEqual([]);
    expect(await house.query(`SELECT 1 FROM revocation WHERE external_id = '4711300'`)).toHaveLength(1);
  });
});

describe('a flow that comes to nothing', () => {
  it('is denied', async () => {
    const flow = await begun({ purpose: 'reconnect' });
    const answer = await house.vault.completeAuthorization(await house.decide(flow, 'deny'));
    expect(answer).toMatchObject({
      outcome: 'denied',
      connectionId: flow.connectionId,
      purpose: 'reconnect',
    });
    expect(await flowEvents(flow.connectionId)).toEqual([expired('denied', 'reconnect')]);
  });

  it.each([
    ['a forged code', { code: 'forged' }],
    ['no code', { code: undefined }],
    ['an error of the provider', { code: undefined, error: 'server_error' }],
    ['another issuer', { iss: 'https://evil.test' }],
  ])('fails with %s', async (_what, change) => {
    const flow = await begun();
    const callback = Object.fromEntries(
      Object.entries({ ...(await house.decide(flow)), ...change }).filter(([, value]) => value !== undefined),
    ) as { state: string };
    expect(await house.vault.completeAuthorization(callback)).toMatchObject({
      outcome: 'failed',
      connectionId: flow.connectionId,
    });
    expect(await flowEvents(flow.connectionId)).toEqual([expired('failed')]);
  });

  it('is unknown for a state that we never minted', async () => {
    expect(await house.vault.completeAuthorization({ state: 'made-up', code: 'x' })).toEqual({
      outcome: 'unknown',
    });
  });

  it('lapses after its ten minutes, and then cannot be completed', async () => {
    const flow = await begun({ purpose: 'reconnect' });
    const callback = await house.decide(flow);
    await house.query(`UPDATE authorization_attempt SET expires_at = now() WHERE connection_id = $1`, [
      flow.connectionId,
    ]);
    expect(await house.vault.completeAuthorization(callback)).toMatchObject({
      outcome: 'expired',
      connectionId: flow.connectionId,
    });
    await service.app.get(ExpireAuthorizations).expireDue();
    await service.app.get(ExpireAuthorizations).expireDue();
    expect(await flowEvents(flow.connectionId)).toEqual([expired('lapsed', 'reconnect')]);
    expect(await house.vault.completeAuthorization(callback)).toMatchObject({ outcome: 'expired' });
  });
});
