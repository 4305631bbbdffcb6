import { type Client } from '@hubspot/api-client';
import { failureOf, HubSpotSession } from './hubspot-session.js';
import { type Loose } from './loose.js';

describe('HubSpot objects, read by HubSpot’s own client', () => {
  let session: HubSpotSession;
  let client: Client;
  let portal = 1;
  beforeAll(async () => void (session = await HubSpotSession.start()));
  afterAll(() => session.sandbox.close());
  beforeEach(async () => {
    await session.control('DELETE', '');
    ({ client } = await session.client({ sandbox_account: String(++portal) }));
  });

  it('lists every contact once, with the named properties only, texts or null', async () => {
    const rows = await client.crm.contacts.getAll(50, undefined, [
      'email',
      'lastname',
      'lastmodifieddate',
      'nope',
    ]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(300);
    expect(Object.keys(rows[0]!.properties).sort()).toEqual(['email', 'lastmodifieddate', 'lastname']);
    expect(rows.some((row) => row.properties.lastname === null)).toBe(true);
    expect(rows.every((row) => row.updatedAt.toISOString() === row.properties.lastmodifieddate)).toBe(true);
  });

  it('serves all eight streams', async () => {
    const { crm } = client;
    const count = async (type: string) => {
      let rows = 0;
      for (let after: string | undefined; ;) {
        const page = await crm.objects.basicApi.getPage(type, 100, after);
        rows += page.results.length;
        after = page.paging?.next?.after;
        if (after === undefined) return rows;
      }
    };
    const sizes = {
      companies: (await crm.companies.getAll(100)).length,
      deals: (await crm.deals.getAll(100)).length,
      tickets: (await crm.tickets.getAll(100)).length,
      calls: await count('calls'),
      emails: await count('emails'),
      meetings: await count('meetings'),
      owners: (await crm.owners.ownersApi.getPage()).results.length,
    };
    expect(sizes).toEqual({
      companies: 90,
      deals: 150,
      tickets: 80,
      calls: 120,
      emails: 160,
      meetings: 60,
      owners: 8,
    });
  });

  it('has owners and contacts for every deal that names some', async () => {
    const owners = new Set((await client.crm.owners.ownersApi.getPage()).results.map((owner) => owner.id));
    const contacts = new Set((await client.crm.contacts.getAll(100)).map((row) => row.id));
    const deals = await client.crm.deals.getAll(100, undefined, ['hubspot_owner_id'], undefined, [
      'contacts',
    ]);
    const named = deals.map((deal) => deal.properties.hubspot_owner_id).filter((id) => id != null);
    expect(named.length).toBeGreaterThan(50);
    expect(named.every((id) => owners.has(id!))).toBe(true);
    const linked = deals.flatMap((deal) => deal.associations?.contacts?.results ?? []);
    expect(linked.length).toBeGreaterThan(50);
    expect(linked.every(({ id }) => contacts.has(id))).toBe(true);
  });

  it('shows deleted rows as archived, and only there', async () => {
    const [first] = (await client.crm.companies.basicApi.getPage(1)).results;
    await session.control('POST', '/delete', { stream: 'companies', n: 90 });
    expect((await client.crm.companies.getAll(100)).length).toBe(0);
    const archived = await client.crm.companies.getAll(40, undefined, undefined, undefined, undefined, true);
    expect(archived.length).toBe(92);
    expect(archived.every((row) => row.archived && row.archivedAt instanceof Date)).toBe(true);
    expect(archived.map((row) => row.id)).toContain(first!.id);
    expect((await client.crm.companies.searchApi.doSearch({} as never)).total).toBe(0);
    const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, undefined, true);
    expect(owners.results.map((owner) => [owner.archived, owner.userId])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  });

  it('refuses a page of more than 100, an unknown type, a bad cursor and one that expired', async () => {
    const { basicApi } = client.crm.contacts;
    expect(await failureOf(basicApi.getPage(101))).toMatchObject({
      code: 400,
      body: { category: 'VALIDATION_ERROR' },
    });
    expect(await failureOf(client.crm.objects.basicApi.getPage('geese'))).toMatchObject({ code: 400 });
    expect(await failureOf(basicApi.getPage(10, 'rubbish'))).toMatchObject({ code: 400 });
    const { after } = (await basicApi.getPage(10)).paging!.next!;
    await basicApi.getPage(10, after);
    await session.control('PUT', '', { expire_cursors: true });
    expect(await failureOf(basicApi.getPage(10, after))).toMatchObject({ code: 400 });
  });

  it('reads one row by id, and answers 404 for none', async () => {
    const [row] = (await client.crm.deals.basicApi.getPage(1)).results;
    expect((await client.crm.deals.basicApi.getById(row!.id)).id).toBe(row!.id);
    expect(await failureOf(client.crm.deals.basicApi.getById('1'))).toMatchObject({ code: 404 });
  });

  it('names pipelines whose stages the deals use', async () => {
    const { results } = await client.crm.pipelines.pipelinesApi.getAll('deals');
    const stages = new Set(results.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id)));
    const deals = await client.crm.deals.getAll(100);
    expect(deals.every((deal) => stages.has(deal.properties.dealstage!))).toBe(true);
  });

  it('serves the dated paths like the ones of v3, and the account', async () => {
    const { tokens } = await session.client({ sandbox_account: '77' });
    const get = async (path: string) => {
      const answer = await fetch(session.base + path, {
        headers: { authorization: `Bearer ${tokens.accessToken}` },
      });
      return (await answer.json()) as Record<string, Loose>;
    };
    const dated = await get('/crm/objects/2026-03/contacts?limit=3');
    expect(dated.results).toEqual((await get('/crm/v3/objects/contacts?limit=3')).results);
    expect(dated.paging.next.link).toContain('/hubspot/crm/objects/2026-03/contacts?limit=3&after=');
    expect(await get('/account-info/2026-03/details')).toMatchObject({
      portalId: 77,
      accountType: 'STANDARD',
    });
  });
});
