import { eventually, type ServiceProcess } from '@connections/testing';

import type { Client } from './house/client.js';
import { House } from './house/house.js';

const RECORDS = 20_000;
const PAGE = 100;
const STREAM = 'contacts';

interface Logged {
  readonly at: string;
  readonly path: string;
  readonly status: number;
}
interface Stands {
  readonly pages: number;
  readonly count: number;
}

let house: House;
let first: ServiceProcess;
let second: ServiceProcess;

/** Gateway, sync, projection and the pullers are processes of their own; the rest share one. */
beforeAll(async () => {
  house = await House.open({ services: ['access', 'catalog', 'connections', 'oauth'] });
  [first] = await Promise.all([
    startPuller(),
    ...['gateway', 'sync', 'projection'].map((name) => house.start(name)),
  ]);
  await house.control('hubspot', { records: { [STREAM]: RECORDS } });
}, 120_000);

afterAll(() => house?.close(), 60_000);

const startPuller = () => house.start('puller', { PULLER_CATEGORIES: 'crm' });

describe('a puller killed in the middle of a stream of 20,000 records', () => {
  let killedAt: number;
  let disturbed: string;
  let pagesAtKill: number;

  it('is followed by another, which ends the run', async () => {
    await house.control('hubspot', { latency_ms: 75 });
    const admin = house.client('admin');
    disturbed = await admin.approve({ connector_type: 'hubspot' });
    await eventually(async () => (await stands(disturbed)).pages > 5, { timeoutMs: 30_000 });
    // The first one has the stream in hand for its slice of 20 s; the second one joins meanwhile.
    second = await startPuller();
    await eventually(async () => (await stands(disturbed)).pages > 20, { timeoutMs: 30_000 });
    await first.kill();
    killedAt = Date.now();
    ({ pages: pagesAtKill } = await stands(disturbed));
    expect(pagesAtKill).toBeLessThan(RECORDS / PAGE - 20);
    await house.control('hubspot', { latency_ms: 0 });
    expect(await admin.settled(disturbed, 90_000)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed', streams_total: 8, streams_failed: 0 },
    });
    expect(second.running()).toBe(true);
  }, 150_000);

  it('within 30 s, from the last committed page', async () => {
    const { requests } = await house.sandbox<{ requests: Logged[] }>(
      'GET',
      `/_control/hubspot/requests?path=/${STREAM}?&limit=100000`,
    );
    const before = requests.filter(({ at }) => Date.parse(at) < killedAt);
    const after = requests.filter(({ at }) => Date.parse(at) >= killedAt);
    expect(Date.parse(after[0]!.at) - killedAt).toBeLessThan(30_000);

    // One after the other, each once but for the page in hand and the one fetched ahead of it.
    expect(before.map(pageOf)).toEqual(before.map((_, index) => index));
    expect(after.map(pageOf)).toEqual(after.map((_, index) => pagesAtKill + index));
    expect(pagesAtKill + after.length).toBe(RECORDS / PAGE);
    expect(before.length - pagesAtKill).toBeLessThanOrEqual(2);
  });

  it('with the records and counts of an undisturbed run', async () => {
    const other = house.client('admin', 1);
    const undisturbed = await other.approve({ connector_type: 'hubspot' });
    expect(await other.settled(undisturbed, 60_000)).toMatchObject({ last_run: { status: 'completed' } });

    const admin = house.client('admin');
    expect(await counts(admin, disturbed)).toEqual(await counts(other, undisturbed));
    expect(await counts(admin, disturbed)).toMatchObject({ [STREAM]: RECORDS });
    expect(await onlyIn(disturbed, undisturbed)).toEqual([]);
    expect(await onlyIn(undisturbed, disturbed)).toEqual([]);
    expect((await results(admin, disturbed)).get(STREAM)).toMatchObject({
      status: 'completed',
      records_written: (await results(other, undisturbed)).get(STREAM)?.records_written,
    });
  }, 120_000);

  it('and no run left running', async () => {
    expect(await house.query('sync', 'SELECT DISTINCT state FROM run')).toEqual([{ state: 'finished' }]);
    for (const workspace of [0, 1]) {
      const client = house.client('admin', workspace);
      const { body } = await client.get<{ connections: { is_syncing: boolean }[] }>('/connections');
      expect(body.connections.map(({ is_syncing }) => is_syncing)).toEqual([false]);
    }
  });
});

/** Number of the page that was asked for. The stand-in's cursors end with the rows before them, and begin with a time. */
function pageOf({ path }: Logged): number {
  const cursor = new URL(path, 'http://sandbox').searchParams.get('after');
  if (cursor === null) return 0;
  const [, , rows] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [number, string, number];
  return rows / PAGE;
}

/** Where the stream's reading stands, as it was committed. */
async function stands(connectionId: string): Promise<Stands> {
  const [row] = await house.query<Stands>(
    'puller',
    `SELECT coalesce((pass->>'pages')::int, 0) AS pages, record_count::int AS count FROM checkpoint
     WHERE connection_id = $1 AND stream = $2`,
    [connectionId, STREAM],
  );
  return row ?? { pages: 0, count: 0 };
}

async function counts(client: Client, id: string): Promise<Record<string, number>> {
  const { body } = await client.get<{ streams: { stream: string; record_count: number }[] }>(
    `/connections/${id}/streams`,
  );
  return Object.fromEntries(body.streams.map(({ stream, record_count }) => [stream, record_count]));
}

/** The latest run's streams. */
async function results(client: Client, id: string) {
  const { last_run } = await client.status(id);
  const { body } = await client.get<NonNullable<typeof last_run>>(`/connections/${id}/runs/${last_run?.id}`);
  return new Map(body.streams?.map((stream) => [stream.stream, stream]));
}

/** Records of one connection, whatever their stream, that the other does not have to the letter. */
const onlyIn = (one: string, other: string) =>
  house.query(
    'puller',
    `SELECT stream, external_id, data, deleted_at IS NOT NULL AS deleted FROM records WHERE connection_id = $1
     EXCEPT SELECT stream, external_id, data, deleted_at IS NOT NULL FROM records WHERE connection_id = $2 LIMIT 10`,
    [one, other],
  );
