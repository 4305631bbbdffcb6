import { findConnector } from '@connections/connectors';
import { OauthService } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { Bus } from '@connections/messaging';
import { serviceDatabaseUrl } from '@connections/platform';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { connectionDecider } from '../../apps/connections/src/connection/connection.decider.js';
import { factsOf } from '../../apps/connections/src/connection/connector-facts.js';
import type { StreamResult } from '../../apps/sync/src/run/run.js';
import { runDecider } from '../../apps/sync/src/run/run.decider.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What the first read of the stand-in brings, and the requests that it takes. Little enough for one slice: its report finds
 * the run over, and no other slice follows.
 */
const firstRead: Readonly<Record<string, readonly [records: number, requests: number]>> = {
  notes: [12, 13],
  transcripts: [148, 14],
  folders: [5, 1],
};
const SCHEDULED_RUNS = 6;

/**
 * A connection that was made by `userId` days ago, synced hourly for a while, and has been paused since: only time makes
 * one stale, and time cannot be had otherwise. What happened is decided and appended by the deciders of its owners, in
 * their stores, and followed by sync and projection as everything is. Its first run is over in sync's store before the
 * connection asks for it: sync still has the records pulled, and finds nothing more to say about the run.
 */
export async function connectInThePast({
  workspaceId,
  userId,
  connectorType,
  apiKey,
  environment,
}: {
  workspaceId: string;
  userId: string;
  connectorType: string;
  apiKey: string;
  environment: NodeJS.ProcessEnv;
}): Promise<void> {
  const began = Math.floor((Date.now() - 4 * DAY - SCHEDULED_RUNS * HOUR) / MINUTE) * MINUTE;
  // The same at each try: what an earlier one got done is not done again.
  const connectionId = workspaceId.replace(/.{4}$/, 'de30');
  const runId = (n: number) => `run_${workspaceId.replaceAll('-', '').replace(/.{4}$/, `de${30 + n}`)}`;
  const definition = findConnector(connectorType)!;
  const by = { workspaceId, userId, now: at(began) };

  const bus = await Bus.connect('seed', environment.NATS_URL ?? '');
  const { credentialId, account } = await bus
    .rpc(OauthService, { workspaceId, actor: `user:${userId}` })
    .stageApiKey({ workspaceId, connectorType, apiKey })
    .finally(() => bus.close());
  if (!account) throw new Error('The key was taken without naming an account.');

  await inStore('sync', environment, { workspaceId, actor: 'system:sync' }, async (store, context) => {
    for (let n = 0; n <= SCHEDULED_RUNS; n++) {
      const startedAt = began + n * HOUR + SECOND;
      const mode = n === 0 ? 'full' : 'incremental';
      const streams = definition.streams.map(({ name }) => name);
      const facts = {
        runId: runId(n),
        connectionId,
        workspaceId,
        connectorType,
        trigger: n === 0 ? ('connect' as const) : ('schedule' as const),
      };
      const results = streams.map((stream, index): StreamResult => {
        const [records, requests] = firstRead[stream] ?? [0, 1];
        return {
          stream,
          status: 'completed',
          mode,
          recordsWritten: n === 0 ? records : 0,
          recordsDeleted: 0,
          requests: n === 0 ? requests : 1,
          startedAt: at(startedAt + index * SECOND),
          finishedAt: at(startedAt + (index + 1) * SECOND),
        };
      });
      const reports = results.map((result) => ({
        stream: result.stream,
        state: 'finished' as const,
        result,
      }));
      const endedAt = at(startedAt + streams.length * SECOND);
      await store.transaction(context, async (tx) => {
        const start = { type: 'Start' as const, facts, streams, now: at(startedAt), traceId: '' };
        await tx.execute(runDecider, facts.runId, start);
        await tx.execute(runDecider, facts.runId, { type: 'Report', streams: reports, now: endedAt });
      });
    }
  });

  const actor = `user:${userId}`;
  await inStore('connections', environment, { workspaceId, actor }, (store, context) =>
    store.transaction(context, async (tx) => {
      await tx.execute(connectionDecider, connectionId, {
        type: 'Establish',
        ...by,
        connector: factsOf(definition),
        name: definition.name,
        credentialId,
        account,
        runId: runId(0),
      });
      const pausedAt = at(began + SCHEDULED_RUNS * HOUR + 40 * MINUTE);
      await tx.execute(connectionDecider, connectionId, { type: 'Pause', ...by, now: pausedAt });
    }),
  );
}

/** An event store of a running service, beside it: its relay publishes what is appended here within a second. */
async function inStore(
  service: string,
  environment: NodeJS.ProcessEnv,
  who: { workspaceId: string; actor: string },
  work: (
    store: EventStore,
    context: { workspaceId: string; actor: string; commandId: string },
  ) => Promise<void>,
): Promise<void> {
  const url =
    environment[`${service.toUpperCase()}_DATABASE_URL`] ||
    serviceDatabaseUrl(environment.DATABASE_URL ?? '', service);
  const dataSource = new DataSource({ type: 'postgres', url, applicationName: 'seed', poolSize: 1 });
  await dataSource.initialize();
  try {
    await work(new EventStore(dataSource), { ...who, commandId: uuid() });
  } finally {
    await dataSource.destroy();
  }
}

const at = (ms: number): string => new Date(ms).toISOString();
