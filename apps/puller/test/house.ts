import { randomUUID } from 'node:crypto';
import { closeProviderPools, connectors, findConnector, quotaVariables } from '@connections/connectors';
import { PullSliceSchema, pullSubject, type Plain, type PullSlice } from '@connections/contracts';
import { Bus, WorkQueue } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { openRecordReader } from '@connections/record-store';
import { createDatabase, createNats, eventually, launchSandbox } from '@connections/testing';
import pg from 'pg';
import { loadPullerConfig } from '../src/config.js';
import { startPuller } from '../src/index.js';
import type { SliceReport, StreamProgress } from '../src/slice/slice-reports.js';
import { startNeighbours, type Neighbours } from './neighbours.js';
import { sandboxAccess } from './sandbox-access.js';

/** The variables of all limits that definitions name. */
export const quotas = connectors.flatMap(quotaVariables);

/** What a connection needs to be pulled, and its records afterwards. */
export type House = Awaited<ReturnType<typeof startHouse>>;

/** A puller with a real broker, database and providers' stand-ins; oauth and sync are answered for on the bus. */
export async function startHouse() {
  const [nats, database, sandbox] = [
    await createNats(),
    await createDatabase('puller'),
    await launchSandbox(),
  ];
  for (const { type, auth } of connectors.filter(({ api }) => api)) {
    // What the provider names with the token counts, unless a variable overrules it.
    const names = auth.method === 'oauth' && auth.baseUrlIn !== undefined;
    process.env[`${type.toUpperCase()}_${names ? 'AUTH_' : ''}BASE_URL`] = `${sandbox.url}/${type}`;
  }
  // The stand-ins mind no limits unless told to, and a run that keeps them takes its time.
  for (const quota of quotas) process.env[quota] = '1000000';
  const neighbours = await startNeighbours(nats.url);
  const config = loadPullerConfig({
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    PULLER_CATEGORIES: 'crm,calls,comms,docs,support,social',
  });
  // The test's own database, not one beside it that is named after the service.
  config.databaseUrl = database.url;
  // A provider of the tests is as well a moment later as after seconds.
  config.retryMs = 20;
  let puller: RunningService | undefined = await startPuller(config);
  const bus = await Bus.connect('test', nats.url);
  const queue = new WorkQueue(bus);
  const records = openRecordReader(database.url);
  const db = new pg.Pool({ connectionString: database.url, max: 2 });
  const providers = sandboxAccess(sandbox.url);

  /** Sends a slice and waits for its report. */
  async function slice(
    over: Partial<Plain<PullSlice>> & Pick<PullSlice, 'connectorType' | 'streams'>,
  ): Promise<SliceReport> {
    const message = {
      ...(over.credentialId ? {} : await connection(over.connectorType)),
      ...over,
    } as Plain<PullSlice>;
    await send(message);
    return reported(message);
  }

  function reported(message: Plain<PullSlice>): Promise<SliceReport> {
    const attempt = () => neighbours.reportOf(message) ?? Promise.reject(new Error('no report'));
    return eventually(attempt, { timeoutMs: 40_000 });
  }

  async function send(message: Plain<PullSlice>, attempt = message.attempt): Promise<void> {
    const msgId = `${message.runId}:${message.lane}:${message.slice}:${attempt}:${randomUUID()}`;
    const { category } = findConnector(message.connectorType)!;
    await queue.publish(pullSubject(category, 'now'), { msgId, schema: PullSliceSchema, message });
  }

  async function connection(type: string): Promise<Omit<Plain<PullSlice>, 'streams'>> {
    const { token, account, ...named } = await providers.access(type);
    const credentialId = randomUUID();
    neighbours.vault.set(credentialId, { token, version: 1, ...named });
    return {
      runId: `run_${randomUUID().replaceAll('-', '')}`,
      lane: 0,
      slice: 1,
      attempt: 1,
      workspaceId: randomUUID(),
      connectionId: randomUUID(),
      connectorType: type,
      credentialId,
      account,
      contended: false,
    };
  }

  /** A run as sync would conduct it: slices until every stream has ended. */
  async function run(
    of: Omit<Plain<PullSlice>, 'streams'>,
    streams: readonly string[],
  ): Promise<Record<string, StreamProgress>> {
    const ended: Record<string, StreamProgress> = {};
    const runId = `run_${randomUUID().replaceAll('-', '')}`;
    for (let number = 1; ; number++) {
      const open = streams.filter((stream) => !(stream in ended));
      if (open.length === 0) return ended;
      const report = await slice({ ...of, runId, slice: number, streams: open });
      let resumesAt = 0;
      for (const progress of report.streams) {
        if (progress.state === 'done' || progress.state === 'failed') ended[progress.stream] = progress;
        if (progress.state === 'waiting') resumesAt = Date.parse(progress.resumesAt!);
      }
      await eventually(() => Date.now() >= resumesAt, { timeoutMs: 61_000, intervalMs: 100 });
    }
  }

  async function all(connectionId: string, stream: string) {
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await records.reader.list({
        connectionId,
        stream,
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      found.push(...page.records);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  }

  return {
    nats,
    neighbours: neighbours as Neighbours,
    db,
    bus,
    records: records.reader,
    ...providers,
    connection,
    send,
    slice,
    reported,
    run,
    all,
    config,
    async stopPuller() {
      await puller?.close();
      puller = undefined;
    },
    async startPuller() {
      puller ??= await startPuller(config);
    },
    async close() {
      await puller?.close();
      await Promise.all([bus.close(), records.close(), db.end(), neighbours.close()]);
      await closeProviderPools();
      await sandbox.close();
      await database.drop();
      await nats.destroy();
    },
  };
}
