import { eventually } from '@connections/testing';
import { categories, healths } from '@connections/contracts';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let id: string;
let social: string;

const get = async (path: string, caller = admin) => (await house.request('GET', path, caller)).body;
const ids = async (query: string) =>
  (await get(`connections?${query}`)).connections.map((one: { id: string }) => one.id);
const faultsOf = async (query: string) => {
  const { status, body } = await house.request('GET', `connections?${query}`, admin);
  return [status, body.error?.code, body.error?.details?.fields];
};

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  const connect = async (body: object) =>
    (await house.request('POST', 'connections', admin, body)).body.connection.id;
  id = await connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001', name: 'Our 100% deals' });
  social = await connect({ connector_type: 'x', account_handle: 'acme' });
  await Promise.all([house.settled(id, admin), house.settled(social, admin)]);
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('the list', () => {
  it.each([
    ['category=crm,social', 2],
    ['category=crm,docs', 1],
    ['connector_type=pipedrive,x,hubspot', 2],
    ['status=connected,paused&health=healthy,stale', 2],
    ['health=error,needs_reauth', 0],
    ['q=OUR', 1],
    ['q=100%25', 1],
    ['q=%25', 1],
    ['q=_', 0],
    ['q=%40Acme', 1],
    ['q=nothing+of+that', 0],
  ])('answers %s with %i', async (query, count) => {
    expect(await ids(query)).toHaveLength(count);
  });

  it('names the word that it does not know, and those that it does', async () => {
    const message = (word: string, words: readonly string[]) =>
      `knows no "${word}": use one or more of ${words.join(', ')}, comma-separated`;
    expect(await faultsOf('health=healthy,good')).toEqual([
      400,
      'invalid_request',
      [{ path: 'health', message: message('good', healths) }],
    ]);
    expect(await faultsOf('category=crm,')).toEqual([
      400,
      'invalid_request',
      [
        {
          path: 'category',
          message: `has an empty word: use one or more of ${categories.join(', ')}, comma-separated`,
        },
      ],
    ]);
    const [status, , [{ path, message: said }]] = await faultsOf('connector_type=x,myspace');
    expect([status, path, said]).toEqual([
      400,
      'connector_type',
      expect.stringMatching(/knows no "myspace".*hubspot/),
    ]);
  });

  it.each(['q=', `q=${'x'.repeat(101)}`, 'q=a&q=b', 'q=%00'])('refuses %s', async (query) => {
    expect((await faultsOf(query))[0]).toBe(400);
  });
});

describe('a connection', () => {
  it('tells when it syncs next, how often, and when it would be stale', async () => {
    const shown = await get(`connections/${id}`);
    const { next_sync_at, stale_at, last_run, last_synced_at } = shown;
    expect(shown).toMatchObject({ sync_interval: '1h', pending_until: null });
    const after = (Date.parse(next_sync_at) - Date.parse(last_run.started_at)) / 60_000;
    // An hour, and up to a tenth of it so that not all come at once.
    expect(after).toBeGreaterThanOrEqual(60);
    expect(after).toBeLessThan(67);
    expect(Date.parse(stale_at) - Date.parse(last_synced_at)).toBe(3 * 3_600_000);
    expect(last_run.streams_done).toBe(last_run.streams_total);
    expect((await get('connections')).connections.map((one: object) => Object.keys(one))).toEqual(
      expect.arrayContaining([Object.keys(shown)]),
    );
  });

  it('has nothing scheduled while it is paused, and again once it is resumed', async () => {
    const before = (await get(`connections/${id}`)).next_sync_at;
    await house.request('POST', `connections/${id}/pause`, admin);
    expect((await get(`connections/${id}`)).next_sync_at).toBeNull();
    await house.request('POST', `connections/${id}/resume`, admin);
    expect((await get(`connections/${id}`)).next_sync_at).toBe(before);
  });

  it('is shown as it grows while it is syncing', async () => {
    const slow = await house.member('admin');
    await house.control('pipedrive', { latency_ms: 400 });
    try {
      const body = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
      const made = (await house.request('POST', 'connections', slow, body)).body.connection.id;
      const seen = new Set<number>();
      await eventually(
        async () => {
          const { last_run: run } = await get(`connections/${made}/status`, slow);
          if (run?.status === 'running' && run.records_written > 0) seen.add(run.records_written);
          expect(seen.size).toBeGreaterThan(1);
        },
        { timeoutMs: 30_000 },
      );
      await house.control('pipedrive', { latency_ms: 0 });
      const { last_run: run } = await house.settled(made, slow);
      expect(run.records_written).toBeGreaterThan(Math.max(...seen) - 1);
    } finally {
      await house.control('pipedrive', { latency_ms: 0 });
    }
  }, 60_000);
});

describe('the health of a connection', () => {
  it('is explained from the top of the precedence, as its status has it', async () => {
    const { health, since, rungs } = await get(`connections/${id}/health`);
    expect([health, since]).toEqual(['healthy', (await get(`connections/${id}`)).last_run.finished_at]);
    expect(rungs.map((rung: { health: string }) => rung.health)).toEqual(healths);
    expect(rungs.filter((rung: { holds: boolean }) => rung.holds)).toEqual([
      { health: 'healthy', holds: true, because: 'None of the above holds.' },
    ]);
    expect(rungs[1].because).toContain('Pipedrive');
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await house.request('GET', `connections/${id}/health`, admin);
    const known = { 'If-None-Match': headers.get('etag') ?? '' };
    const again = await house.request('GET', `connections/${id}/health`, admin, undefined, known);
    expect([again.status, headers.get('cache-control')]).toEqual([304, 'private, no-cache']);
  });
});

describe('the summary', () => {
  it('counts what the list shows, with every health and category in it', async () => {
    const { total, by_health, by_category, needs_attention } = await get('connections/summary');
    expect([total, needs_attention]).toEqual([2, []]);
    expect(by_health).toEqual({ ...Object.fromEntries(healths.map((name) => [name, 0])), healthy: 2 });
    expect(by_category).toEqual({ crm: 1, calls: 0, comms: 0, docs: 0, support: 0, social: 1 });
  });

  it('names what needs attention, and only one’s own', async () => {
    await house.control('pipedrive', { revoke_tokens: true });
    await house.request('POST', `connections/${id}/sync`, admin);
    expect(await house.settled(id, admin)).toMatchObject({ health: 'needs_reauth', next_sync_at: null });
    const { by_health, needs_attention } = await get('connections/summary');
    expect(needs_attention).toEqual([
      { id, connector_type: 'pipedrive', name: 'Our 100% deals', health: 'needs_reauth' },
    ]);
    expect(by_health).toMatchObject({ needs_reauth: 1, healthy: 1 });
    expect((await get(`connections/${id}/health`)).rungs[1].because).toMatch(
      /^Pipedrive no longer accepts its credentials; the refusal was noticed at /,
    );
    expect((await get('connections/summary', await house.member('viewer'))).total).toBe(0);
  });
});

describe('the catalog', () => {
  it('says how to ask for a key, and why something cannot be connected', async () => {
    const { connectors } = await get('connections/catalog');
    const of = (type: string) => connectors.find((entry: { type: string }) => entry.type === type);
    expect(of('grain')).toMatchObject({
      credential: { label: 'Access token', help_url: expect.stringMatching(/^https:/) },
      unavailable_reason: null,
    });
    expect(of('hubspot')).toMatchObject({ credential: null, unavailable_reason: null });
    expect(of('circleback')).toMatchObject({
      credential: null,
      connectable: false,
      unavailable_reason: expect.stringContaining('coming soon'),
    });
  });
});
