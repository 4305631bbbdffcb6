import { startHouse, type House } from '../test/house.js';

const hubspotStreams = ['contacts', 'companies', 'deals', 'tickets', 'owners', 'calls', 'emails', 'meetings'];
const pipedriveStreams = [
  'deals',
  'persons',
  'organizations',
  'activities',
  'leads',
  'notes',
  'products',
  'pipelines',
  'stages',
  'users',
];

describe('what a puller reads', () => {
  let house: House;

  beforeAll(async () => {
    house = await startHouse();
  }, 60_000);
  afterAll(() => house.close());

  const live = async (connectionId: string, stream: string) =>
    (await house.all(connectionId, stream)).filter((record) => !record.deletedAt);
  const deleted = async (connectionId: string, stream: string) =>
    (await house.all(connectionId, stream)).filter((record) => record.deletedAt);

  describe.each([
    ['hubspot', hubspotStreams, { contacts: 300, companies: 90, deals: 150, emails: 160, owners: 8 }],
    [
      'pipedrive',
      pipedriveStreams,
      { deals: 220, persons: 150, leads: 48, notes: 120, stages: 10, users: 6 },
    ],
    ['x', ['profile', 'posts'], { profile: 1 }],
  ] as const)('of %s', (type, streams, expected) => {
    it('everything at first, then only what changed', async () => {
      const connection = await house.connection(type);
      const first = await house.run(connection, streams);
      expect(Object.values(first).map(({ state, mode }) => `${state} ${mode}`)).toEqual(
        streams.map(() => 'done full'),
      );
      for (const [stream, count] of Object.entries(expected)) {
        expect([stream, (await live(connection.connectionId, stream)).length]).toEqual([stream, count]);
      }
      const again = await house.run(connection, streams);
      const written = Object.values(again).reduce((sum, { recordsWritten }) => sum + recordsWritten, 0);
      // X's profile counts its followers anew.
      expect(written).toBeLessThanOrEqual(type === 'x' ? 1 : 0);
    });
  });

  it.each([
    ['hubspot', 'contacts'],
    ['hubspot', 'deals'],
    ['pipedrive', 'deals'],
    ['pipedrive', 'activities'],
    ['pipedrive', 'products'],
    ['pipedrive', 'notes'],
    ['pipedrive', 'leads'],
  ] as const)('%s %s: what was touched, created and deleted since', async (type, stream) => {
    const connection = await house.connection(type);
    await house.run(connection, [stream]);
    const before = await live(connection.connectionId, stream);
    await house.change(type, 'touch', stream, 7);
    await house.change(type, 'create', stream, 3);
    const second = await house.run(connection, [stream]);
    expect(second[stream]).toMatchObject({ state: 'done', mode: 'incremental', recordsWritten: 10 });
    await house.change(type, 'delete', stream, 2);
    // Only HubSpot and Pipedrive's deals tell of deletions; the daily full read finds the others.
    if (type === 'pipedrive' && stream !== 'deals') {
      await house.db.query(`UPDATE checkpoint SET last_full_at = now() - interval '25 hours'`);
    }
    const third = await house.run(connection, [stream]);
    expect(third[stream]).toMatchObject({ state: 'done', recordsDeleted: 2 });
    expect(await live(connection.connectionId, stream)).toHaveLength(before.length + 3 - 2);
    expect((await house.records.counts(connection.connectionId))[0]).toEqual({
      stream,
      recordCount: before.length + 1,
    });
  });

  it('X posts: new ones, moved metrics, and deletions that a look-up names', async () => {
    const connection = await house.connection('x');
    await house.run(connection, ['posts']);
    await house.change('x', 'create', 'posts', 4);
    expect((await house.run(connection, ['posts'])).posts).toMatchObject({
      mode: 'incremental',
      state: 'done',
    });
    const before = await live(connection.connectionId, 'posts');
    await house.change('x', 'touch', 'posts', 1_000);
    expect((await house.run(connection, ['posts'])).posts!.recordsWritten).toBeGreaterThan(0);
    await house.change('x', 'delete', 'posts', before.length);
    const { posts } = await house.run(connection, ['posts']);
    expect(posts!.recordsDeleted).toBeGreaterThan(0);
    expect(await deleted(connection.connectionId, 'posts')).toHaveLength(posts!.recordsDeleted);
  });

  it('X profile: a record a day, with the counts of that day', async () => {
    const connection = await house.connection('x');
    await house.run(connection, ['profile']);
    const [snapshot] = await live(connection.connectionId, 'profile');
    const today = new Date().toISOString().slice(0, 10);
    expect(snapshot).toMatchObject({
      externalId: `1538291:${today}`,
      data: {
        username: expect.stringMatching(/^acme$/i),
        public_metrics: { followers_count: expect.any(Number) },
      },
    });
  });

  it.each([
    ['x', 'posts'],
    ['pipedrive', 'activities'],
  ])('ids of %s %s beyond 2^53, digit for digit', async (type, stream) => {
    await house.reset(type);
    const connection = await house.connection(type);
    const { [stream]: progress } = await house.run(connection, [stream]);
    const records = await live(connection.connectionId, stream);
    expect(records).toHaveLength(progress!.recordsWritten);
    expect(records.every(({ externalId }) => BigInt(externalId) > 2n ** 53n)).toBe(true);
    expect(records.some(({ externalId }) => String(Number(externalId)) !== externalId)).toBe(true);
  });

  it('past HubSpot’s ceiling of 10,000 rows a search, bulk edits of one millisecond included', async () => {
    const connection = await house.connection('hubspot');
    await house.control('hubspot', { records: { companies: 300 } });
    await house.run(connection, ['companies']);
    await house.control('hubspot', { records: { companies: 12_000 } });
    await house.change('hubspot', 'touch', 'companies', 11_900);
    const { companies } = await house.run(connection, ['companies']);
    expect(companies).toMatchObject({ state: 'done', mode: 'incremental' });
    expect(companies!.recordsWritten).toBeGreaterThanOrEqual(11_900);
  }, 60_000);
});
