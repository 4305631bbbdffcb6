import type { EventOf } from '@connections/contracts';

import type { ConnectionView } from './connection-view.entity.js';
import { foldConnection } from './connection-view.fold.js';

type Event = EventOf<'connections.connection'>;

const about = {
  workspaceId: 'w',
  connectorType: 'hubspot',
  category: 'crm',
  authMethod: 'oauth',
  ownership: 'workspace',
  name: 'HubSpot',
};
const requested: Event = {
  type: 'ConnectionRequested',
  data: { ...about, requestedBy: 'ada', requestedAt: '2026-06-12T18:00:00.000Z' },
};
const established: Event = {
  type: 'ConnectionEstablished',
  data: {
    ...about,
    consentUserId: 'bob',
    credentialId: 'cred',
    account: { externalId: '42', label: 'acme.test' },
    requestedRunId: 'run_1',
    establishedAt: '2026-06-12T18:01:00.000Z',
  },
};
const syncRequested = (run: number): Event => ({
  type: 'ConnectionSyncRequested',
  data: { requestedRunId: `run_${run}`, requestedBy: 'ada', requestedAt: '2026-06-12T19:00:00.000Z' },
});
const reconnected: Event = {
  type: 'ConnectionReconnected',
  data: {
    workspaceId: 'w',
    connectorType: 'hubspot',
    consentUserId: 'eve',
    credentialId: 'cred2',
    account: { externalId: '42', label: 'acme.example' },
    requestedRunId: 'run_9',
    revived: true,
    paused: false,
    reconnectedAt: '2026-06-13T08:00:00.000Z',
  },
};

function fold(...events: Event[]): ConnectionView | undefined {
  let row: ConnectionView | undefined;
  events.forEach((event, i) => {
    row = foldConnection(row, { ...event, aggregateId: 'id', version: i + 1 });
  });
  return row;
}

describe('a connection’s row', () => {
  it('begins pending, made by who asked', () => {
    expect(fold(requested)).toMatchObject({
      version: 1,
      createdBy: 'ada',
      connectedAt: null,
      requestedRunIds: [],
    });
  });

  it('keeps who made it and when, once approved', () => {
    expect(fold(requested, established)).toMatchObject({
      version: 2,
      createdBy: 'ada',
      createdAt: new Date('2026-06-12T18:00:00Z'),
      connectedAt: new Date('2026-06-12T18:01:00Z'),
      consentUserId: 'bob',
      externalAccountId: '42',
      requestedRunIds: ['run_1'],
    });
  });

  it('is made by the connect itself where nothing had to be approved', () => {
    expect(fold(established)).toMatchObject({
      createdBy: 'bob',
      createdAt: new Date('2026-06-12T18:01:00Z'),
    });
  });

  it('forgets rejections, disconnects and old requests with a new credential', () => {
    const rejected: Event = {
      type: 'ConnectionCredentialsRejected',
      data: { credentialId: 'cred', rejectedAt: '2026-06-12T20:00:00.000Z' },
    };
    const disconnected: Event = {
      type: 'ConnectionDisconnected',
      data: { disconnectedBy: 'ada', disconnectedAt: '2026-06-12T21:00:00.000Z', credentialId: 'cred' },
    };
    const row = fold(established, rejected, disconnected);
    expect(row).toMatchObject({ rejectedAt: expect.any(Date), disconnectedAt: expect.any(Date) });
    expect(fold(established, rejected, disconnected, reconnected)).toMatchObject({
      rejectedAt: null,
      disconnectedAt: null,
      consentUserId: 'eve',
      accountLabel: 'acme.example',
      requestedRunIds: ['run_9'],
      createdBy: 'bob',
    });
  });

  it('lays a reconnect over itself and lifts it again', () => {
    const started: Event = {
      type: 'ConnectionReconnectStarted',
      data: {
        startedBy: 'ada',
        startedAt: '2026-06-12T20:00:00.000Z',
        expiresAt: '2026-06-12T20:10:00.000Z',
      },
    };
    const lapsed: Event = {
      type: 'ConnectionReconnectLapsed',
      data: { lapsedAt: '2026-06-12T20:10:00.000Z' },
    };
    expect(fold(established, started)?.reconnecting).toBe(true);
    expect(fold(established, started, lapsed)?.reconnecting).toBe(false);
  });

  it('keeps the newest requests only', () => {
    const requests = Array.from({ length: 20 }, (_, i) => syncRequested(i));
    expect(fold(established, ...requests)?.requestedRunIds).toEqual(
      Array.from({ length: 8 }, (_, i) => `run_${i + 12}`),
    );
  });

  it('clears its owner', () => {
    const owned: Event = { type: 'ConnectionOwnerChanged', data: { ownerUserId: 'ada' } };
    const cleared: Event = { type: 'ConnectionOwnerChanged', data: {} };
    expect(fold(established, owned)?.ownerUserId).toBe('ada');
    expect(fold(established, owned, cleared)?.ownerUserId).toBeNull();
  });

  it('goes with a discard', () => {
    const discarded: Event = {
      type: 'ConnectionDiscarded',
      data: { discardedAt: '2026-06-13T18:00:00.000Z' },
    };
    expect(fold(requested, discarded)).toBeUndefined();
  });

  it('refuses to begin in the middle', () => {
    expect(() => fold(syncRequested(1))).toThrow('without the event that made it');
  });
});
