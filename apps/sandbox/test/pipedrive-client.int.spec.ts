import * as v1 from 'pipedrive/v1';
import * as v2 from 'pipedrive/v2';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

describe('Pipedrive, read by Pipedrive’s own client', () => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await createSandbox()));
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/pipedrive${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const two = (apiKey: string = sandboxCredentials.pipedrive.api_key) =>
    new v2.Configuration({ apiKey, basePath: `${sandbox.url}/pipedrive/api/v2` });
  const one = (apiKey: string = sandboxCredentials.pipedrive.api_key) =>
    new v1.Configuration({ apiKey, basePath: `${sandbox.url}/pipedrive/v1` });

  type Page = {
    success?: boolean;
    data?: unknown[];
    additional_data?: { next_cursor?: string | null } | null;
  };

  /** Every row, following the cursor to its end. */
  async function all(get: (cursor?: string) => Promise<unknown>) {
    const rows: Record<string, Loose>[] = [];
    for (let cursor: string | undefined; ;) {
      const page = (await get(cursor)) as Page;
      expect(page.success).toBe(true);
      rows.push(...(page.data as Record<string, Loose>[]));
      cursor = page.additional_data?.next_cursor ?? undefined;
      if (cursor === undefined) return rows;
    }
  }

  const deals = (more: object = {}, key?: string) =>
    all((cursor) => new v2.DealsApi(two(key)).getDeals({ limit: 60, cursor, ...more }));

  /** The body of a refusal, which is what the client throws. */
  const refusal = (ask: () => Promise<unknown>) =>
    ask().then(
      () => undefined,
      (body: unknown) => body as { success: boolean; errorCode: number; error: string },
    );

  it('lists every stream of v2 to its end', async () => {
    const sizes = {
      deals: (await deals()).length,
      archived: (await all((cursor) => new v2.DealsApi(two()).getArchivedDeals({ limit: 7, cursor }))).length,
      persons: (await all((cursor) => new v2.PersonsApi(two()).getPersons({ limit: 40, cursor }))).length,
      organizations: (await all((cursor) => new v2.OrganizationsApi(two()).getOrganizations({ cursor })))
        .length,
      activities: (await all((cursor) => new v2.ActivitiesApi(two()).getActivities({ cursor }))).length,
      products: (await all((cursor) => new v2.ProductsApi(two()).getProducts({ cursor }))).length,
      pipelines: (await all((cursor) => new v2.PipelinesApi(two()).getPipelines({ cursor }))).length,
      stages: (await all((cursor) => new v2.StagesApi(two()).getStages({ cursor, limit: 3 }))).length,
    };
    expect(sizes).toEqual({
      deals: 200, archived: 20, persons: 150, organizations: 80, activities: 250, products: 30, pipelines: 2, stages: 10,
    }); // prettier-ignore
  });

  it('pages v1 by offset to its end', async () => {
    const notes: Loose[] = [];
    for (let start: number | undefined = 0; start !== undefined;) {
      const page: Loose = await new v1.NotesApi(one()).getNotes({ start, limit: 50 });
      notes.push(...page.data);
      start = page.additional_data.pagination.next_start;
    }
    expect(new Set(notes.map((note) => note.id)).size).toBe(120);
    expect(notes[0].add_time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const leads: Loose = await new v1.LeadsApi(one()).getLeads({ limit: 100 });
    expect(leads.data.length).toBe(40);
    expect(leads.additional_data.pagination).toMatchObject({ more_items_in_collection: false });
    expect(((await new v1.LeadsApi(one()).getArchivedLeads({})) as Loose).data.length).toBe(8);
    expect(((await new v1.LeadLabelsApi(one()).getLeadLabels()) as Loose).data.length).toBe(4);
    expect(((await new v1.UsersApi(one()).getUsers()) as Loose).data.length).toBe(6);
  });

  it('says whose key it is', async () => {
    const me: Loose = await new v1.UsersApi(one()).getCurrentUser();
    expect(me.data).toMatchObject({
      company_id: 1001,
      company_name: 'Acme',
      company_domain: 'acme',
      is_admin: 1,
    });
    const member: Loose = await new v1.UsersApi(one('sandbox_2002_member')).getCurrentUser();
    expect(member.data).toMatchObject({ company_id: 2002, is_admin: 0 });
    const example: Loose = await new v1.UsersApi(one('pd_live_xxxxxxxxxxxxxxxx')).getCurrentUser();
    expect(example.data.company_id).toBe(1001);
  });

  it('gives each company rows of its own, the same each time', async () => {
    const [mine, again, theirs] = await Promise.all([deals(), deals(), deals({}, 'sandbox_2002')]);
    expect(mine).toEqual(again);
    expect(mine[0]!.title === theirs[0]!.title && mine[1]!.title === theirs[1]!.title).toBe(false);
  });

  it('refers to owners, people, organizations and stages that exist', async () => {
    const ids = async (rows: Promise<Loose[]>) => new Set((await rows).map((row) => row.id));
    const users = new Set(
      ((await new v1.UsersApi(one()).getUsers()) as Loose).data.map((user: Loose) => user.id),
    );
    const persons = await ids(all((cursor) => new v2.PersonsApi(two()).getPersons({ cursor })));
    const organizations = await ids(
      all((cursor) => new v2.OrganizationsApi(two()).getOrganizations({ cursor })),
    );
    const stages = await ids(all((cursor) => new v2.StagesApi(two()).getStages({ cursor })));
    for (const deal of await deals()) {
      expect(users.has(deal.owner_id) && stages.has(deal.stage_id)).toBe(true);
      expect(deal.person_id === null || persons.has(deal.person_id)).toBe(true);
      expect(deal.org_id === null || organizations.has(deal.org_id)).toBe(true);
    }
  });

  it('reads what changed since an instant, inclusive, ascending', async () => {
    const since = `${new Date().toISOString().slice(0, 19)}Z`;
    await control('POST', '/touch', { stream: 'deals', n: 9 });
    const sorted = { updated_since: since, sort_by: 'update_time' as const, limit: 4 };
    const changed = await deals(sorted);
    expect(new Set(changed.map((deal) => deal.id)).size).toBe(9);
    expect(changed.every((deal) => deal.title.endsWith('(rev 1)') && deal.update_time >= since)).toBe(true);
    const everything = await deals({ sort_by: 'update_time', limit: 30 });
    const times = everything.map((deal) => deal.update_time);
    expect([everything.length, times]).toEqual([200, [...times].sort()]);
    const backwards = await deals({ sort_by: 'update_time', sort_direction: 'desc', limit: 30 });
    expect(backwards.map((deal) => deal.id)).toEqual(everything.map((deal) => deal.id).reverse());
    const last = everything[150]!.update_time;
    expect((await deals({ updated_since: last })).map((deal) => deal.id)).toContain(everything[150]!.id);
    expect((await deals({ updated_until: last })).map((deal) => deal.id)).not.toContain(everything[150]!.id);
    const notes: Loose = await new v1.NotesApi(one()).getNotes({ updated_since: since } as never);
    expect(notes.data).toEqual([]);
  });

  it('shows deleted deals only when asked, and nothing of other deleted rows', async () => {
    const since = `${new Date().toISOString().slice(0, 19)}Z`;
    await control('POST', '/delete', { stream: 'deals', n: 12 });
    await control('POST', '/delete', { stream: 'persons', n: 50 });
    expect((await deals()).length).toBe(188);
    const gone = await deals({ status: 'deleted', updated_since: since, sort_by: 'update_time', limit: 5 });
    expect(gone.length).toBe(12);
    expect(gone.every((deal) => deal.is_deleted && deal.status === 'deleted')).toBe(true);
    expect((await all((cursor) => new v2.PersonsApi(two()).getPersons({ cursor }))).length).toBe(100);
    const won = await deals({ status: 'won' });
    expect(won.length).toBeGreaterThan(0);
    expect(won.every((deal) => deal.status === 'won' && deal.won_time !== null)).toBe(true);
  });

  it('refuses fractional seconds, the parameter where it is not allowed, bad and foreign cursors, big pages', async () => {
    const api = new v2.DealsApi(two());
    const page = (await api.getDeals({ limit: 1 })) as Page;
    const cursor = page.additional_data!.next_cursor!;
    const wrong = [
      () => api.getDeals({ updated_since: '2026-05-01T00:00:00.000Z' }),
      () => api.getDeals({ updated_since: 'yesterday' }),
      () => api.getDeals({ limit: 501 }),
      () => api.getDeals({ cursor: 'rubbish' }),
      () => api.getDeals({ cursor, status: 'won' }),
      () => api.getDeals({ sort_by: 'title' as never }),
      () => new v2.PersonsApi(two()).getPersons({ cursor }),
    ];
    for (const ask of wrong) expect(await refusal(ask)).toMatchObject({ success: false, errorCode: 400 });
    for (const path of ['pipelines', 'stages']) {
      const answer = await fetch(
        `${sandbox.url}/pipedrive/api/v2/${path}?updated_since=2026-05-01T00:00:00Z`,
        {
          headers: { 'x-api-token': 'sandbox_1001' },
        },
      );
      expect(answer.status).toBe(400);
    }
    await control('PUT', '', { expire_cursors: true });
    expect(await refusal(() => api.getDeals({ limit: 1, cursor }))).toMatchObject({ errorCode: 400 });
  });

  it('refuses unknown keys, and revoked ones until the control is reset', async () => {
    for (const key of ['nonsense', 'sandbox_', 'sandbox_0', 'sandbox_1x']) {
      const me = () => new v1.UsersApi(one(key)).getCurrentUser();
      expect(await refusal(me)).toMatchObject({ errorCode: 401, error: 'unauthorized access' });
    }
    await control('PUT', '', { revoke_tokens: true, account: '1001' });
    const answer = await fetch(`${sandbox.url}/pipedrive/api/v2/deals`, {
      headers: { 'x-api-token': 'sandbox_1001' },
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      401,
      { success: false, error: 'unauthorized access', errorCode: 401, data: null },
    ]);
    await new v1.UsersApi(one('sandbox_1001_new')).getCurrentUser();
    await new v1.UsersApi(one('sandbox_2002')).getCurrentUser();
    await control('DELETE', '');
    await new v1.UsersApi(one()).getCurrentUser();
  });

  it('writes integers that a double cannot hold', async () => {
    const get = async (path: string) =>
      (
        await fetch(`${sandbox.url}/pipedrive/api/v2/${path}`, { headers: { 'x-api-token': 'sandbox_1001' } })
      ).text();
    expect(await get('activities?limit=2')).toContain('"id":9007199254740993,');
    expect(await get('deals?limit=100')).toMatch(
      /"0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d":90071992547\d{5}/,
    );
    const [row] = JSON.parse(await get('activities?ids=9007199254740995')).data;
    expect(row.subject).toBeDefined();
  });

  it('has the v1 leftovers under /v1 only', async () => {
    const answer = await fetch(`${sandbox.url}/pipedrive/api/v1/leads`, {
      headers: { 'x-api-token': 'sandbox_1001' },
    });
    expect(answer.status).toBe(404);
  });
});
