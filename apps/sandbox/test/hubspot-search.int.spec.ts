import { type Client } from '@hubspot/api-client';
import { failureOf, HubSpotSession } from './hubspot-session.js';

type Filter = {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
  values?: string[];
};

describe('HubSpot search, asked by HubSpot’s own client', () => {
  let session: HubSpotSession;
  let client: Client;
  beforeAll(async () => {
    session = await HubSpotSession.start();
    ({ client } = await session.client());
  });
  afterAll(() => session.sandbox.close());
  beforeEach(() => session.control('DELETE', ''));

  const search = (body: {
    filters?: Filter[];
    sort?: string;
    limit?: number;
    after?: string;
    properties?: string[];
  }) =>
    client.crm.contacts.searchApi.doSearch({
      filterGroups: body.filters ? [{ filters: body.filters as never }] : [],
      sorts: body.sort ? [{ propertyName: body.sort, direction: 'ASCENDING' } as never] : [],
      limit: body.limit ?? 100,
      after: body.after,
      properties: body.properties ?? ['lastmodifieddate'],
    } as never);

  /** All pages, as a client of HubSpot must take them: until there is no next. */
  async function all(body: Parameters<typeof search>[0]) {
    const rows = [];
    for (let after: string | undefined; ;) {
      const page = await search({ ...body, after });
      rows.push(...page.results);
      after = page.paging?.next?.after;
      if (after === undefined) return { rows, total: page.total };
    }
  }

  it('finds what changed since an instant, by time, and nothing else', async () => {
    const { rows } = await all({ sort: 'lastmodifieddate' });
    expect(rows.length).toBe(300);
    const times = rows.map((row) => row.properties.lastmodifieddate!);
    expect(times).toEqual([...times].sort());
    const since = Date.now();
    await session.control('POST', '/touch', { stream: 'contacts', n: 7 });
    const filters = [{ propertyName: 'lastmodifieddate', operator: 'GTE', value: String(since) }];
    const changed = await all({ filters, sort: 'lastmodifieddate', limit: 2, properties: ['jobtitle'] });
    expect(changed.total).toBe(7);
    expect(new Set(changed.rows.map((row) => row.id)).size).toBe(7);
    expect(changed.rows.every((row) => row.properties.jobtitle!.endsWith('(rev 1)'))).toBe(true);
    const before = [
      { propertyName: 'lastmodifieddate', operator: 'LT', value: new Date(since).toISOString() },
    ];
    expect((await search({ filters: before })).total).toBe(293);
  });

  it('orders ids as texts, and goes on after one', async () => {
    const { rows } = await all({ sort: 'hs_object_id', limit: 50 });
    const ids = rows.map((row) => row.id);
    expect(ids).toEqual([...ids].sort());
    expect(ids[0]).toBe('1000');
    const filters = [{ propertyName: 'hs_object_id', operator: 'GT', value: ids[99]! }];
    const rest = await all({ filters, sort: 'hs_object_id' });
    expect(rest.rows.map((row) => row.id)).toEqual(ids.slice(100));
    expect(rest.total).toBe(200);
  });

  it('stops at 10,000 hits, even where all bear one instant, and lets the ids lead on', async () => {
    await session.control('PUT', '', { records: { contacts: 40_000 } });
    const at = (await search({ sort: 'lastmodifieddate', limit: 1, after: '0' })).results[0]!;
    expect(at).toBeDefined();
    // The bulk edit: 12,000 rows of one millisecond.
    const index = 20_000;
    const stamp = (await client.crm.contacts.basicApi.getById(String(901 + index), ['lastmodifieddate']))
      .properties.lastmodifieddate!;
    const filters = [{ propertyName: 'lastmodifieddate', operator: 'EQ', value: String(Date.parse(stamp)) }];
    const last = await search({ filters, sort: 'hs_object_id', limit: 200, after: '9800' });
    expect(last.total).toBe(12_000);
    expect(last.results.length).toBe(200);
    expect(last.paging!.next!.after).toBe('10000');
    const refused = await failureOf(search({ filters, sort: 'hs_object_id', after: '10000' }));
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
    const beyond = { propertyName: 'hs_object_id', operator: 'GT', value: last.results.at(-1)!.id };
    const rest = await all({ filters: [...filters, beyond], sort: 'hs_object_id', limit: 200 });
    expect(rest.total).toBe(2_000);
    expect(rest.rows.length).toBe(2_000);
  });

  it('keeps time and text order right while rows change', async () => {
    await session.control('POST', '/touch', { stream: 'contacts', n: 40 });
    await session.control('POST', '/delete', { stream: 'contacts', n: 30 });
    await session.control('POST', '/create', { stream: 'contacts', n: 20 });
    for (const sort of ['lastmodifieddate', 'hs_object_id']) {
      const { rows, total } = await all({ sort, limit: 30 });
      expect([rows.length, total]).toEqual([290, 290]);
      const keys = rows.map((row) => (sort === 'hs_object_id' ? row.id : row.properties.lastmodifieddate!));
      expect(keys).toEqual([...keys].sort());
    }
  });

  it('silently finds nothing by the wrong property of a contact', async () => {
    const filters = [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: '0' }];
    expect(await search({ filters })).toMatchObject({ total: 0, results: [] });
  });

  it('knows the other operators', async () => {
    const count = async (filter: Filter) => (await search({ filters: [filter] })).total;
    const has = await count({ propertyName: 'lastname', operator: 'HAS_PROPERTY' });
    expect(has + (await count({ propertyName: 'lastname', operator: 'NOT_HAS_PROPERTY' }))).toBe(300);
    expect(has).toBeLessThan(300);
    expect(await count({ propertyName: 'hs_object_id', operator: 'IN', values: ['901', '902', '1'] })).toBe(
      2,
    );
    const leads = await count({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'lead' });
    expect(leads + (await count({ propertyName: 'lifecyclestage', operator: 'NEQ', value: 'lead' }))).toBe(
      300,
    );
    const range = { propertyName: 'lastmodifieddate', operator: 'BETWEEN', value: '0', highValue: '1' };
    expect(await count(range)).toBe(0);
  });

  it('refuses more than 200 at once, unknown properties and operators', async () => {
    expect((await search({ limit: 200 })).results.length).toBe(200);
    const wrong = [
      search({ limit: 201 }),
      search({ sort: 'no_such_property' }),
      search({ filters: [{ propertyName: 'no_such_property', operator: 'EQ', value: '1' }] }),
      search({ filters: [{ propertyName: 'email', operator: 'RHYMES_WITH', value: '1' }] }),
      search({ filters: [{ propertyName: 'lastmodifieddate', operator: 'GTE', value: 'yesterday' }] }),
    ];
    for (const refused of await Promise.all(wrong.map(failureOf))) expect(refused.code).toBe(400);
  });
});
