import { randomUUID } from 'node:crypto';
import { stopRunSubject } from '@connections/contracts';
import { eventually, spawnService } from '@connections/testing';
import { startHouse, type House } from '../test/house.js';

describe('a slice', () => {
  let house: House;

  beforeAll(async () => {
    house = await startHouse();
  }, 60_000);
  afterEach(async () => {
    house.neighbours.behaviour.directive = 'accepted';
    await house.reset('pipedrive');
    await house.startPuller();
  });
  afterAll(() => house.close());

  /** A message whose stream takes a while: `pages` pages of 500 with a wait before each. */
  const slow = async (pages: number, latencyMs: number, over = {}) => {
    await house.control('pipedrive', {
      records: { deals: pages * 500, deals_archived: 0 },
      latency_ms: latencyMs,
    });
    return { ...(await house.connection('pipedrive')), streams: ['deals'], ...over };
  };
  const pagesStored = async (connectionId: string): Promise<number> => {
    const [counts] = await house.records.counts(connectionId);
    return (counts?.recordCount ?? 0) / 500;
  };

  it('that comes again reports its stored result, and works no second time', async () => {
    const message = { ...(await house.connection('pipedrive')), streams: ['stages'] };
    const report = await house.slice(message);
    const asked = (await house.requests('pipedrive')).length;
    await house.send(message, 2);
    await eventually(() => expect(house.neighbours.reportsOf(message)).toEqual([report, report]));
    expect(await house.requests('pipedrive')).toHaveLength(asked);
  });

  it('waits for a sync that is away, and then reports', async () => {
    house.neighbours.behaviour.syncAway = 1;
    const message = { ...(await house.connection('pipedrive')), streams: ['stages'] };
    expect((await house.slice(message)).streams).toMatchObject([{ state: 'done', recordsWritten: 10 }]);
    expect((await house.requests('pipedrive')).filter(({ path }) => path.includes('stages'))).toHaveLength(1);
  });

  it('ends at the first page after two seconds when others wait, and goes on from there', async () => {
    const message = await slow(8, 500, { contended: true });
    const report = await house.slice(message);
    expect(report.streams).toMatchObject([{ stream: 'deals', state: 'next', mode: 'full' }]);
    await house.control('pipedrive', { latency_ms: 0 });
    const next = await house.slice({ ...message, slice: 2 });
    expect(next.streams).toMatchObject([{ state: 'done', recordsWritten: 4_000 }]);
    // No page was asked for twice: eight of deals, one of the archived ones.
    expect(next.streams[0]!.requests).toBe(9);
  }, 15_000);

  it('of a run that is stopped ends at its next page and gives the stream back', async () => {
    const message = await slow(20, 200);
    await house.send(message);
    await eventually(async () => expect(await pagesStored(message.connectionId)).toBeGreaterThan(1));
    house.neighbours.behaviour.directive = 'stop';
    house.bus.broadcast(stopRunSubject(message.runId), {});
    const report = await house.reported(message);
    expect(report).toMatchObject({ streams: [{ state: 'next' }] });
    const { rows } = await house.db.query('SELECT lease_until FROM checkpoint WHERE connection_id = $1', [
      message.connectionId,
    ]);
    expect(rows).toEqual([{ lease_until: null }]);
  });

  it('in a puller that is told to end, ends at its next page and reports next', async () => {
    const message = await slow(20, 200);
    await house.send(message);
    await eventually(async () => expect(await pagesStored(message.connectionId)).toBeGreaterThan(1));
    await house.stopPuller();
    expect(house.neighbours.reportOf(message)).toMatchObject({ streams: [{ state: 'next' }] });
    await house.startPuller();
    await house.control('pipedrive', { latency_ms: 0 });
    const next = await house.slice({ ...message, slice: 2 });
    expect(next.streams).toMatchObject([{ state: 'done', recordsWritten: 10_000 }]);
  });

  it('whose worker is killed goes on elsewhere from the last committed page', async () => {
    await house.stopPuller();
    const doomed = await spawnService('apps/puller/src/main.ts', {
      env: {
        NATS_URL: house.nats.url,
        PULLER_DATABASE_URL: house.config.databaseUrl,
        PULLER_CATEGORIES: 'crm',
        LOG_LEVEL: 'warn',
      },
    });
    const message = await slow(20, 250);
    await house.send(message);
    await eventually(async () => expect(await pagesStored(message.connectionId)).toBeGreaterThan(2), {
      timeoutMs: 30_000,
    });
    await doomed.kill();
    const killedAt = Date.now();
    const stored = await pagesStored(message.connectionId);
    await house.control('pipedrive', { latency_ms: 0 });
    await house.startPuller();
    const report = await house.reported(message);
    expect(Date.now() - killedAt).toBeLessThan(30_000);
    expect(report.streams).toMatchObject([{ state: 'done', recordsWritten: 10_000 }]);
    expect(await house.all(message.connectionId, 'deals')).toHaveLength(10_000);
    // What the dead worker had asked for and not stored is asked for again; what it had stored is not.
    const asked = (await house.requests('pipedrive')).filter(({ path }) => path.includes('/deals?')).length;
    expect(asked).toBeLessThanOrEqual(20 + 3);
    expect(stored).toBeGreaterThan(2);
  }, 70_000);

  it('over which five workers have died ends its stream unknown', async () => {
    const message = { ...(await house.connection('pipedrive')), streams: ['stages', 'users'] };
    await house.db.query(
      `INSERT INTO checkpoint (connection_id, stream, run_id, run_started_at, lease_token, lease_until, lease_count)
       VALUES ($1, 'stages', $2, now(), $3, now() - interval '1 second', 5)`,
      [message.connectionId, message.runId, randomUUID()],
    );
    expect((await house.slice(message)).streams).toMatchObject([
      { stream: 'stages', state: 'failed', errorReason: 'unknown' },
      { stream: 'users', state: 'done' },
    ]);
  });

  it('of a connector that is not there ends config', async () => {
    const message = {
      ...(await house.connection('pipedrive')),
      connectorType: 'pipedrive',
      streams: ['nonsense'],
    };
    expect((await house.slice(message)).streams).toMatchObject([{ state: 'failed', errorReason: 'config' }]);
    const planned = {
      ...(await house.connection('pipedrive')),
      connectorType: 'circleback',
      streams: ['meetings'],
    };
    expect((await house.slice(planned)).streams).toMatchObject([{ state: 'failed', errorReason: 'config' }]);
  });
});
