import { ConnectionsService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, type TestDatabase } from '@connections/testing';
import { v7 as uuid } from 'uuid';

import { ConnectionsConfig } from '../config.js';
import { startConnections } from '../index.js';

let database: TestDatabase;
let service: RunningService;
let bus: Bus;

const account = { externalId: '4711', label: 'acme.test' };
const connections = (workspaceId: string) => bus.rpc(ConnectionsService, { workspaceId, actor: 'user:u1' });
const stateOf = async (credentialId: string) =>
  (await bus.rpc(ConnectionsService).findCredential({ credentialId })).state;

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

describe('a credential', () => {
  it('is in use from the connect or the reconnect that brought it, and unknown where a connect ignored it', async () => {
    const workspaceId = uuid();
    const client = connections(workspaceId);
    const [first, ignored, second] = [uuid(), uuid(), uuid()];
    const request = { workspaceId, userId: 'u1', connectorType: 'pipedrive', account };
    expect(await stateOf(first)).toBe('unknown');
    const { connectionId } = await client.connect({ ...request, credentialId: first });
    await client.connect({ ...request, credentialId: ignored });
    await client.disconnect({ workspaceId, connectionId, userId: 'u1' });
    await client.reconnect({ workspaceId, connectionId, userId: 'u1', credentialId: second, account });
    expect(await Promise.all([first, ignored, second].map(stateOf))).toEqual(['in_use', 'unknown', 'in_use']);
  });

  it('of an approval is in use or refused once the approval is answered, by whichever member it came', async () => {
    const workspaceId = uuid();
    const client = connections(workspaceId);
    const { connectionId } = await client.requestConnection({
      workspaceId,
      userId: 'u1',
      connectorType: 'gmail',
    });
    const approve = async (userId: string, externalId: string) => {
      const credentialId = uuid();
      expect(await stateOf(credentialId)).toBe('unknown');
      const approval = { workspaceId, connectionId, userId, credentialId };
      await client.completeAuthorization({ ...approval, account: { externalId, label: 'ada@acme.test' } });
      return stateOf(credentialId);
    };
    expect(await approve('u1', '1')).toBe('in_use');
    expect(await approve('u1', '2')).toBe('refused');
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    await client.startReconnect({ workspaceId, connectionId, userId: 'u2', expiresAt });
    expect(await approve('u2', '1')).toBe('in_use');
  });
});
