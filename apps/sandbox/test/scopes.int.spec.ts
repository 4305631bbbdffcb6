import { createSandbox, type Sandbox } from '../src/index.js';
import { accountOnly, providers, twoVisitors, type Visitor } from './visitors.js';

type Json = Record<string, unknown>;

/** What a control can do to the requests of one account, and how it is taken back for all of them. */
const faults: readonly [name: string, body: Json][] = [
  ['throttles', { throttle: { after: 0, for_s: 3_600 } }],
  ['fails', { fail: { status: 503, times: 1_000 } }],
  ['cuts bodies short', { malformed: { times: 1_000 } }],
  ['drops connections', { drop_connections: { times: 1_000 } }],
  ['ends tokens', { revoke_tokens: true }],
];

describe('a control of one account', () => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await createSandbox()));
  afterAll(() => sandbox.close());

  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${sandbox.url}/_control/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  };

  describe.each(providers)('at %s', (type) => {
    let one: Visitor;
    let other: Visitor;
    beforeEach(async () => {
      await control('DELETE', type);
      [one, other] = await twoVisitors(sandbox.url, type);
      expect([await one.reads(), await other.reads()]).toEqual([true, true]);
    });

    it.each(faults)('%s for that account and no other, until it is taken back', async (_name, body) => {
      expect((await control('PUT', type, { ...body, account: one.account })).status).toBe(200);
      expect([await one.reads(), await other.reads()]).toEqual([false, true]);
      await control('DELETE', `${type}?account=${one.account}`);
      expect([await one.reads(), await other.reads()]).toEqual([true, true]);
    });

    it('slows that account down and no other', async () => {
      await control('PUT', type, { latency_ms: 400, account: one.account });
      const order: string[] = [];
      const read = (visitor: Visitor) => visitor.reads().then(() => order.push(visitor.account));
      await Promise.all([read(one), read(other)]);
      expect(order).toEqual([other.account, one.account]);
    });

    it('reaches the token endpoint where that names whose token it is', async () => {
      const { renews: oneRenews } = one;
      const { renews: otherRenews } = other;
      if (!oneRenews || !otherRenews) return void expect(accountOnly).toContain(type);
      const path = one.tokenPath!;
      await control('PUT', type, { fail: { status: 503, times: 1, path }, account: one.account });
      // The refusal uses the fault up: the renewal after it goes through.
      expect([await otherRenews(), await oneRenews(), await oneRenews()]).toEqual([true, false, true]);
    });
  });

  it('leaves the rest of the provider alone when it is reset', async () => {
    await control('PUT', 'pipedrive', { latency_ms: 1 });
    await control('PUT', 'pipedrive', { records: { deals: 3 }, account: '2002' });
    await control('DELETE', 'pipedrive?account=2002');
    expect((await control('GET', 'pipedrive')).body.settings).toEqual({ '*': { latency_ms: 1 } });
  });

  it.each([0, 1, 10_000])('makes a LinkedIn page of %i posts beside one as it was', async (posts) => {
    await control('PUT', 'linkedin', { records: { posts }, account: '2414183' });
    const [acme, other] = await twoVisitors(sandbox.url, 'linkedin');
    const total = async (visitor: Visitor) =>
      ((await visitor.body('posts')) as { paging: Json }).paging.total;
    expect([await total(acme), await total(other)]).toEqual([posts, 250]);
  });

  it('leaves the numbers of an account’s newest posts out', async () => {
    await control('PUT', 'x', { records: { posts: 10, unmeasured: 3 }, account: '1538291' });
    const [acme, other] = await twoVisitors(sandbox.url, 'x');
    const measured = async (visitor: Visitor) => {
      const { data } = (await visitor.body('posts')) as { data: Json[] };
      return data.map((post) => 'public_metrics' in post).slice(0, 5);
    };
    expect(await measured(acme)).toEqual([false, false, false, true, true]);
    expect(await measured(other)).toEqual([true, true, true, true, true]);
  });
});
