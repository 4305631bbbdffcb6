import { startHouse, type House } from '../test/house.js';

/** What one of the first connectors alone does; the conformance suite has the rest. */
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
