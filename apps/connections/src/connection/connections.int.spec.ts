import { ConnectionsService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, type TestDatabase } from '@connections/testing';
import { v7 as uuid } from 'uuid';

import { ConnectionsConfig } from '../config.js';
import { startConnections } from '../index.js';
import { NeverApprovedSweep } from './never-approved.sweep.js';

let database: TestDatabase;
let service: RunningService;
let bus: Bus;

const account = { externalId: '4711', label: 'acme.test' };
const connections = (workspaceId: string) => bus.rpc(ConnectionsService, { workspaceId, actor: 'user:u1' });
const connectRequest = (workspaceId: string, over: object = {}) => ({
  workspaceId,
  userId: 'u1',
  connectorType: 'pipedrive',
  credentialId: uuid(),
  account,
  ...over,
});

beforeAll(async () => {
  database = await createDatabase('connections');
  const config = new ConnectionsConfig();
  Object.assign(config, { databaseUrl: database.url, natsUrl: process.env.TEST_NATS_URL });
  service = await startConnections(config);
  bus = await Bus.connect('test', config.natsUrl);
});

afterAll(async () => {
  await bus?.close();
  await service?.close();
  await database?.drop();
});

describe('connecting', () => {
  it('makes one row of many connects at once', async () => {
    const workspaceId = uuid();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => connections(workspaceId).connect(connectRequest(workspaceId))),
    );
    expect(new Set(answers.map(({ connectionId }) => connectionId)).size).toBe(1);
    expect(answers.filter(({ mode }) => mode === 'connected')).toHaveLength(1);
    expect(answers.filter(({ mode }) => mode === 'already_connected')).toHaveLength(7);
  });

  it('makes one pending row of many requests at once', async () => {
    const workspaceId = uuid();
    const request = { workspaceId, userId: 'u1', connectorType: 'hubspot' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => connections(workspaceId).requestConnection(request)),
    );
    expect(new Set(answers.map(({ connectionId }) => connectionId)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
  });

  it('revives the disconnected row of the same account, and makes a new one for another', async () => {
    const workspaceId = uuid();
    const first = await connections(workspaceId).connect(connectRequest(workspaceId));
    const { connectionId } = first;
    await connections(workspaceId).disconnect({ workspaceId, connectionId, userId: 'u1' });
    const again = await connections(workspaceId).connect(connectRequest(workspaceId));
    expect(again).toMatchObject({ mode: 'connected', connectionId, created: false });
    await connections(workspaceId).disconnect({ workspaceId, connectionId, userId: 'u1' });
    const other = await connections(workspaceId).connect(
      connectRequest(workspaceId, { account: { externalId: '1', label: 'other' } }),
    );
    expect(other.created).toBe(true);
    expect(other.connectionId).not.toBe(connectionId);
    await expect(
      connections(workspaceId).reconnect({
        workspaceId,
        connectionId,
        userId: 'u1',
        credentialId: uuid(),
        account,
      }),
    ).rejects.toMatchObject({ code: 'invalid_state' });
  });

  it('gives an approval to the row that asked, once', async () => {
    const workspaceId = uuid();
    const { connectionId } = await connections(workspaceId).requestConnection({
      workspaceId,
      userId: 'u1',
      connectorType: 'hubspot',
    });
    const approval = { workspaceId, connectionId, userId: 'u1', credentialId: uuid(), account };
    const first = await connections(workspaceId).completeAuthorization(approval);
    expect(first).toMatchObject({ outcome: 'success', connectionId });
    const second = await connections(workspaceId).completeAuthorization(approval);
    expect(second).toEqual(first);
    const mismatch = await connections(workspaceId).completeAuthorization({
      ...approval,
      credentialId: uuid(),
      account: { externalId: 'x', label: 'x' },
    });
    expect(mismatch.outcome).toBe('account_mismatch');
  });

  it('lands an approval on the disconnected row whose account it is, and discards the pending one', async () => {
    const workspaceId = uuid();
    const client = connections(workspaceId);
    const begin = async () =>
      (await client.requestConnection({ workspaceId, userId: 'u1', connectorType: 'hubspot' })).connectionId;
    const old = await begin();
    await client.completeAuthorization({
      workspaceId,
      connectionId: old,
      userId: 'u1',
      credentialId: uuid(),
      account,
    });
    await client.disconnect({ workspaceId, connectionId: old, userId: 'u1' });
    const pending = await begin();
    expect(pending).not.toBe(old);
    const approval = { workspaceId, connectionId: pending, userId: 'u1', credentialId: uuid(), account };
    const landed = await client.completeAuthorization(approval);
    expect(landed).toMatchObject({ outcome: 'success', connectionId: old });
    // The callback's command after the fallback policy, for which the row that asked is gone.
    expect(await client.completeAuthorization(approval)).toEqual(landed);
    await expect(client.pause({ workspaceId, connectionId: pending, userId: 'u1' })).rejects.toMatchObject({
      code: 'not_found',
    });
    // Nor does a late one undo what the member did since.
    await client.disconnect({ workspaceId, connectionId: old, userId: 'u1' });
    await client.completeAuthorization(approval);
    const { connectionId: live } = await client.findLive({
      workspaceId,
      userId: 'u1',
      connectorType: 'hubspot',
    });
    expect(live).toBeUndefined();
  });
});

describe('an approval that comes too late', () => {
  const consent = (connectionId: string, workspaceId: string, of = account) => ({
    workspaceId,
    connectionId,
    userId: 'u1',
    credentialId: uuid(),
    account: of,
  });
  const hubspot = async (workspaceId: string) =>
    (
      await connections(workspaceId).requestConnection({
        workspaceId,
        userId: 'u1',
        connectorType: 'hubspot',
      })
    ).connectionId;

  it('does not undo a disconnect', async () => {
    const workspaceId = uuid();
    const client = connections(workspaceId);
    const connectionId = await hubspot(workspaceId);
    await client.disconnect({ workspaceId, connectionId, userId: 'u1' });
    const late = await client.completeAuthorization(consent(connectionId, workspaceId));
    expect(late).toMatchObject({ outcome: 'failed', connectionId });
    await expect(client.pause({ workspaceId, connectionId, userId: 'u1' })).rejects.toMatchObject({
      details: { status: 'disconnected' },
    });
  });

  it('ends the reconnect when another connection has taken the slot', async () => {
    const workspaceId = uuid();
    const client = connections(workspaceId);
    const first = await hubspot(workspaceId);
    await client.completeAuthorization(consent(first, workspaceId));
    await client.disconnect({ workspaceId, connectionId: first, userId: 'u1' });
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const second = await hubspot(workspaceId);
    await client.completeAuthorization(
      consent(second, workspaceId, { externalId: 'other', label: 'other.test' }),
    );
    await client.startReconnect({ workspaceId, connectionId: first, userId: 'u1', expiresAt });
    const late = await client.completeAuthorization(consent(first, workspaceId));
    expect(late).toMatchObject({ outcome: 'failed', connectionId: first });
    await expect(client.pause({ workspaceId, connectionId: first, userId: 'u1' })).rejects.toMatchObject({
      details: { status: 'disconnected' },
    });
  });
});

it('refuses a foreign row and one that does not exist with the same words', async () => {
  const workspaceId = uuid();
  const { connectionId } = await connections(workspaceId).connect(connectRequest(workspaceId));
  const refusal = (id: string) =>
    connections('other')
      .disconnect({ workspaceId: 'other', connectionId: id, userId: 'u1' })
      .catch((error: Error & { code: string }) => ({ code: error.code, message: error.message }));
  expect(await refusal(connectionId)).toEqual(await refusal(uuid()));
});

it('answers a repeated command without doing it again', async () => {
  const workspaceId = uuid();
  const once = bus.rpc(ConnectionsService, { workspaceId, actor: 'user:u1', commandId: uuid() });
  const request = connectRequest(workspaceId);
  const first = await once.connect(request);
  expect(await once.connect(request)).toEqual(first);
});

it('discards rows that were never approved, a day after their last authorize URL', async () => {
  const workspaceId = uuid();
  const request = { workspaceId, userId: 'u1', connectorType: 'hubspot' };
  const { connectionId } = await connections(workspaceId).requestConnection(request);
  const sweep = service.app.get(NeverApprovedSweep);
  await sweep.sweep(new Date(Date.now() + 23 * 3_600_000));
  expect((await connections(workspaceId).requestConnection(request)).connectionId).toBe(connectionId);
  await sweep.sweep(new Date(Date.now() + 25 * 3_600_000));
  expect((await connections(workspaceId).requestConnection(request)).connectionId).not.toBe(connectionId);
});
