import { readFileSync } from 'node:fs';

import type { ErrorReason, EventOf } from '@connections/contracts';

import type { ActivityData } from './activity-view.entity.js';
import { activityOf, type ConnectionEventType } from './activity-view.fold.js';
import { activityWire, type ConnectionEntry, type RunEntry } from './activity-wire.js';

type ConnectionEvent = EventOf<'connections.connection'>;

const ada = 'c3f9a1e2-7b4d-4a10-9c2f-8e6b1d04a7f5';
const envelope = {
  id: '0190a000-0001-7000-8000-000000000001',
  aggregateId: '0190a000-0002-7000-8000-000000000001',
  version: 3,
  recordedAt: '2026-06-12T18:04:11.123Z',
  meta: { actor: `user:${ada}`, traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` },
};
const pipedrive = { connector: 'Pipedrive', authMethod: 'api_key' };

const golden = (type: ConnectionEvent['type']) =>
  JSON.parse(
    readFileSync(new URL(`../../../contracts/golden/${type}.v1.json`, import.meta.url), 'utf8'),
  ) as ConnectionEvent['data'];

describe('the row of an event', () => {
  it('is when it happened, who did it, and the little that a history shows', () => {
    const data = { workspaceId: 'w', connectorType: 'pipedrive', category: 'crm', authMethod: 'api_key' };
    const row = activityOf({
      ...envelope,
      type: 'ConnectionEstablished',
      data: {
        ...data,
        ownership: 'workspace',
        name: 'Sales',
        consentUserId: ada,
        credentialId: 'k',
        account: { externalId: '1', label: 'acme.test' },
        requestedRunId: 'run_1',
        establishedAt: '2026-06-12T18:00:00.000Z',
      },
    });
    expect(row).toEqual({
      connectionId: envelope.aggregateId,
      version: 3,
      eventId: envelope.id,
      at: new Date('2026-06-12T18:00:00.000Z'),
      type: 'ConnectionEstablished',
      actor: ada,
      data: { name: 'Sales', account: 'acme.test', runId: 'run_1', traceId: 'ab'.repeat(16) },
    });
  });

  it('takes time and actor from the envelope where the event tells neither', () => {
    const renamed = { ...envelope, type: 'ConnectionRenamed', data: { name: 'Deals' } } as const;
    expect(activityOf(renamed)).toMatchObject({ at: new Date(envelope.recordedAt), actor: ada });
    const bySystem = { ...renamed, meta: { actor: 'system:connections', traceparent: '' } };
    expect(activityOf(bySystem)).toMatchObject({ actor: null, data: { name: 'Deals' } });
  });

  it('can be made of every event as it was first written; a discarded connection has none', () => {
    const types: ConnectionEvent['type'][] = [
      'ConnectionRequested',
      'ConnectionEstablished',
      'ConnectionReconnectStarted',
      'ConnectionReconnectLapsed',
      'ConnectionReconnected',
      'ConnectionRenamed',
      'ConnectionOwnerChanged',
      'ConnectionSyncRequested',
      'ConnectionPaused',
      'ConnectionResumed',
      'ConnectionCredentialsRejected',
      'ConnectionDisconnected',
    ];
    for (const type of types) {
      const row = activityOf({ ...envelope, type, data: golden(type) } as Parameters<typeof activityOf>[0]);
      expect([type, row?.type, Number.isNaN(row?.at.getTime())]).toEqual([type, type, false]);
    }
    const discarded = { ...envelope, type: 'ConnectionDiscarded', data: { discardedAt: '' } } as const;
    expect(activityOf(discarded)).toBeUndefined();
  });
});

const entry = (
  type: ConnectionEventType,
  data: ActivityData = {},
  more: Partial<ConnectionEntry> = {},
): ConnectionEntry => ({
  id: envelope.id,
  at: new Date(envelope.recordedAt),
  type,
  actor: ada,
  actor_name: 'Ada Admin',
  owner_name: 'Grace',
  previous_name: 'HubSpot',
  data,
  ...more,
});
const nobody = { actor: null, actor_name: null };

describe('an entry', () => {
  it.each<[ConnectionEntry, string, string]>([
    [entry('ConnectionRequested'), 'requested', 'Ada Admin asked to connect Pipedrive.'],
    [entry('ConnectionEstablished'), 'connected', 'Ada Admin connected Pipedrive.'],
    [
      entry('ConnectionEstablished', { account: 'acme.test' }),
      'connected',
      'Ada Admin connected Pipedrive (acme.test).',
    ],
    [
      entry('ConnectionRenamed', { name: 'Sales' }),
      'renamed',
      'Ada Admin renamed it from “HubSpot” to “Sales”.',
    ],
    [
      entry('ConnectionRenamed', { name: 'Sales' }, { previous_name: null }),
      'renamed',
      'Ada Admin renamed it to “Sales”.',
    ],
    [entry('ConnectionOwnerChanged', { ownerUserId: ada }), 'owner_set', 'Ada Admin made Grace the owner.'],
    [
      entry('ConnectionOwnerChanged', { ownerUserId: null }),
      'owner_cleared',
      'Ada Admin took the owner away.',
    ],
    [
      entry('ConnectionOwnerChanged', { ownerUserId: null }, nobody),
      'owner_cleared',
      'It has no owner any more, because that member was removed.',
    ],
    [entry('ConnectionSyncRequested'), 'sync_requested', 'Ada Admin asked for a sync.'],
    [entry('ConnectionPaused'), 'paused', 'Ada Admin paused it.'],
    [
      entry('ConnectionPaused', { consentEnded: true }),
      'paused',
      'It was paused, because the member who gave the consent was removed.',
    ],
    [entry('ConnectionResumed', {}, { actor_name: null }), 'resumed', 'A former member resumed it.'],
    [
      entry('ConnectionCredentialsRejected', {}, nobody),
      'credentials_refused',
      'Pipedrive no longer accepts the API key.',
    ],
    [entry('ConnectionReconnectStarted'), 'reconnect_started', 'Ada Admin began to reconnect it.'],
    [
      entry('ConnectionReconnectLapsed', {}, nobody),
      'reconnect_expired',
      'The reconnect was not completed; it is as it was before.',
    ],
    [
      entry('ConnectionReconnected', { revived: false }),
      'credentials_replaced',
      'Ada Admin replaced the API key.',
    ],
    [
      entry('ConnectionReconnected', { revived: true }),
      'revived',
      'Ada Admin connected Pipedrive again, after it had been disconnected.',
    ],
    [entry('ConnectionDisconnected'), 'disconnected', 'Ada Admin disconnected it.'],
  ])('%# is told in one sentence', (row, type, summary) => {
    expect(activityWire(row, pipedrive)).toMatchObject({ type, summary, at: '2026-06-12T18:04:11Z' });
  });

  it('of OAuth speaks of access, not of a key', () => {
    const hubspot = { connector: 'HubSpot', authMethod: 'oauth' };
    expect(activityWire(entry('ConnectionReconnected'), hubspot)).toMatchObject({
      type: 'reconnected',
      summary: 'Ada Admin reconnected HubSpot.',
    });
    expect(activityWire(entry('ConnectionCredentialsRejected'), hubspot).summary).toBe(
      'HubSpot no longer accepts our access.',
    );
  });

  it('names its actor, run and trace, and leaves out what there is not', () => {
    const run = { runId: 'run_1', traceId: 'ab' };
    expect(activityWire(entry('ConnectionSyncRequested', run), pipedrive)).toEqual({
      id: envelope.id,
      at: '2026-06-12T18:04:11Z',
      type: 'sync_requested',
      actor: { user_id: ada, name: 'Ada Admin' },
      summary: 'Ada Admin asked for a sync.',
      run_id: 'run_1',
      trace_id: 'ab',
    });
    const bare = activityWire(entry('ConnectionCredentialsRejected', {}, nobody), pipedrive);
    expect(Object.keys(bare)).toEqual(['id', 'at', 'type', 'actor', 'summary']);
    expect(bare.actor).toBeNull();
  });
});

describe('the end of a run', () => {
  const ended = (data: Partial<RunEntry['data']>): RunEntry => ({
    ...nobody,
    id: 'run_1',
    at: new Date(envelope.recordedAt),
    type: 'SyncRunFinished',
    data: {
      status: 'completed',
      total: 8,
      failed: 0,
      stopped: false,
      written: 1247,
      reason: null,
      ...data,
    },
  });

  it.each<[Partial<RunEntry['data']>, string]>([
    [{}, 'A sync wrote 1,247 records in 8 streams.'],
    [{ written: 1, total: 1 }, 'A sync wrote 1 record in 1 stream.'],
    [{ written: 0 }, 'A sync found nothing new in 8 streams.'],
    [
      { status: 'partial', failed: 2, reason: 'rate_limit' },
      'A sync wrote 1,247 records, but 2 of 8 streams failed: Pipedrive limits how much may be read in a given time.',
    ],
    [{ status: 'failed', reason: 'auth' }, 'A sync failed: Pipedrive no longer accepts the API key.'],
    [{ status: 'failed' }, 'A sync failed.'],
    [
      { status: 'partial', stopped: true, reason: 'unknown' },
      'A sync was stopped by the disconnect after it had written 1,247 records.',
    ],
  ])('%j is told in one sentence', (data, summary) => {
    expect(activityWire(ended(data), pipedrive)).toMatchObject({
      type: 'run_finished',
      summary,
      run_id: 'run_1',
      actor: null,
    });
  });

  it('has words for every reason', () => {
    for (const reason of ['auth', 'config', 'rate_limit', 'transient', 'unknown'] satisfies ErrorReason[]) {
      for (const authMethod of ['api_key', 'oauth', 'handle']) {
        const { summary } = activityWire(ended({ status: 'failed', reason }), { connector: 'X', authMethod });
        expect(summary).toMatch(/^A sync failed: X .+[^.]\.$/);
      }
    }
  });
});
