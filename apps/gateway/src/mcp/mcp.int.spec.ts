import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

import { eventually } from '@connections/testing';
import { Client, ProtocolError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let stranger: Caller;
let id: string;
const clients: Client[] = [];

const url = () => new URL(`${house.service('gateway').url}/mcp`);

async function connect(caller: Caller, mode: 'legacy' | { pin: string }, bearer = false): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const headers: Record<string, string> = bearer
    ? { Authorization: `Bearer ${caller.key}` }
    : { 'X-API-Key': caller.key };
  await client.connect(new StreamableHTTPClientTransport(url(), { requestInit: { headers } }));
  clients.push(client);
  return client;
}

const textOf = async (client: Client, uri: string): Promise<string> => {
  const { contents } = await client.readResource({ uri });
  expect(contents).toEqual([{ uri, mimeType: 'application/json', text: expect.any(String) }]);
  return (contents[0] as { text: string }).text;
};
const refusalOf = async (client: Client, uri: string): Promise<[number, string, unknown]> => {
  const error: unknown = await client.readResource({ uri }).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof ProtocolError)) throw new Error('not refused', { cause: error });
  return [error.code, error.message, error.data];
};
const rest = async (path: string, caller = admin) => (await house.request('GET', path, caller)).text;

/** A message as it goes over the wire, with headers that `fetch` would not send. */
function post(headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url(), { method: 'POST', headers }, (answer) => {
      let text = '';
      answer
        .on('data', (chunk) => (text += chunk))
        .on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  stranger = await house.member('admin');
  const connecting = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
  id = (await house.request('POST', 'connections', admin, connecting)).body.connection.id;
  await house.settled(id, admin);
}, 90_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await house?.close();
}, 60_000);

describe.each([
  ['2025', 'legacy', '2025-11-25', -32002],
  ['2026', { pin: '2026-07-28' }, '2026-07-28', -32602],
] as const)('MCP, as clients of %s speak it', (_name, mode, revision, notFound) => {
  let client: Client;
  beforeAll(async () => (client = await connect(admin, mode)));

  it('settles on the revision, and offers resources and completions only', () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(revision);
    const { tools, prompts, resources, completions } = client.getServerCapabilities() ?? {};
    expect([tools, prompts, Boolean(resources), Boolean(completions)]).toEqual([
      undefined,
      undefined,
      true,
      true,
    ]);
  });

  it('lists catalog, list, and each connection', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'connection://catalog',
      'connection://list',
      `connection://${id}`,
    ]);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'connection://catalog{?kind,category}',
      'connection://list{?status,health,category,connector_type,q,limit,cursor}',
      'connection://{id}',
      'connection://{id}/status',
      'connection://{id}/activity{?limit,cursor}',
      'connection://{id}/health',
      'connection://summary',
    ]);
  });

  it('reads what REST reads, byte for byte', async () => {
    const pairs = [
      ['connection://catalog', 'connections/catalog'],
      [
        'connection://catalog?category=crm&kind=first_party',
        'connections/catalog?category=crm&kind=first_party',
      ],
      ['connection://list', 'connections'],
      ['connection://list?health=error&limit=1', 'connections?health=error&limit=1'],
      [`connection://${id}`, `connections/${id}`],
      [`connection://${id}/status`, `connections/${id}/status`],
      [`connection://${id}/activity`, `connections/${id}/activity`],
      [`connection://${id}/activity?limit=1`, `connections/${id}/activity?limit=1`],
      [`connection://${id}/health`, `connections/${id}/health`],
      ['connection://summary', 'connections/summary'],
      ['connection://list?category=crm,social&q=PIPE', 'connections?category=crm,social&q=PIPE'],
    ];
    for (const [uri = '', path = ''] of pairs) expect(await textOf(client, uri)).toBe(await rest(path));
  });

  it('has one error for what is of others, of nobody, and no id', async () => {
    const theirs = await connect(stranger, mode, true);
    const foreign = await refusalOf(theirs, `connection://${id}`);
    expect(foreign).toEqual([notFound, expect.stringContaining('nothing here'), undefined]);
    for (const uri of [
      `connection://${randomUUID()}`,
      `connection://${id}/status`,
      `connection://${id}/activity`,
      `connection://${id}/health`,
      'connection://x',
      'file:///etc',
    ]) {
      expect(await refusalOf(theirs, uri)).toEqual(foreign);
    }
    expect((await theirs.listResources()).resources).toHaveLength(2);
  });

  it('names what is wrong with parameters, as REST does', async () => {
    const [code, , data] = await refusalOf(client, 'connection://list?health=good&verbose=1');
    const { error } = JSON.parse(await rest('connections?health=good&verbose=1')) as {
      error: { details: object };
    };
    expect([code, data]).toEqual([-32602, { code: 'invalid_request', ...error.details }]);
    await expect(client.listResources({ cursor: 'abc' })).rejects.toMatchObject({ code: -32602 });
  });

  it('completes ids, one’s own only, and words', async () => {
    const complete = async (uri: string, name: string, value: string, by = client) =>
      (await by.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } })).completion
        .values;
    expect(await complete('connection://{id}', 'id', id.slice(0, 4))).toEqual([id]);
    expect(await complete('connection://{id}/status', 'id', '', await connect(stranger, mode))).toEqual([]);
    const list = 'connection://list{?status,health,category,connector_type,q,limit,cursor}';
    expect(await complete(list, 'health', 'de')).toEqual(['degraded']);
    expect(await complete(list, 'connector_type', 'pip')).toEqual(['pipedrive']);
    await expect(complete('connection://nothing', 'id', '')).rejects.toThrow();
  });

  it('offers no way to write', async () => {
    await expect(client.callTool({ name: 'connect', arguments: {} })).rejects.toThrow();
  });
});

describe('MCP subscriptions', () => {
  it('announce a connection’s change, and nothing of others', async () => {
    const [mine, theirs] = [
      await connect(admin, { pin: '2026-07-28' }),
      await connect(stranger, { pin: '2026-07-28' }),
    ];
    const heard: string[] = [];
    const overheard: string[] = [];
    mine.setNotificationHandler(
      'notifications/resources/updated',
      ({ params }) => void heard.push(params.uri),
    );
    mine.setNotificationHandler(
      'notifications/resources/list_changed',
      () => void heard.push('list changed'),
    );
    theirs.setNotificationHandler(
      'notifications/resources/updated',
      ({ params }) => void overheard.push(params.uri),
    );
    const uris = [
      `connection://${id}/status`,
      `connection://${id}/activity`,
      'connection://list?category=crm',
    ];
    const subscription = await mine.listen({ resourceSubscriptions: uris, resourcesListChanged: true });
    expect(subscription.honoredFilter).toEqual({ resourceSubscriptions: uris, resourcesListChanged: true });
    await theirs.listen({ resourceSubscriptions: [`connection://${id}`] });
    await house.request('PATCH', `connections/${id}`, admin, { name: 'Deals' });
    await eventually(async () => expect(new Set(heard)).toEqual(new Set([...uris, 'list changed'])));
    expect(overheard).toEqual([]);
    await subscription.close();
  });

  it('end with the key’s revocation', async () => {
    const leaver = await house.member('viewer', admin.workspaceId);
    const client = await connect(leaver, { pin: '2026-07-28' });
    const subscription = await client.listen({ resourcesListChanged: true });
    await house.revoke(leaver);
    expect(await subscription.closed).toBe('graceful');
    await expect(client.listResources()).rejects.toThrow();
  });
});

describe('MCP’s gates', () => {
  const key = (caller: Caller) => ({ ...json, 'x-api-key': caller.key });

  it('ask for a credential', async () => {
    expect((await post(json, ping)).status).toBe(401);
    expect((await post({ ...json, 'x-api-key': 'amdahl_sk_live_nobody' }, ping)).status).toBe(401);
    expect((await post(key(admin), ping)).status).toBe(200);
  });

  it('ask for the scope', async () => {
    const unscoped = await house.member('viewer', admin.workspaceId, []);
    const { status, text } = await post(key(unscoped), ping);
    expect([status, JSON.parse(text).error.code]).toEqual([403, 'missing_scope']);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { host: 'evil.example' },
    { host: 'evil.example', origin: 'http://evil.example' },
  ])('refuse %j', async (headers) => {
    const { status, text } = await post({ ...key(admin), ...headers }, ping);
    expect([status, JSON.parse(text).error.code]).toEqual([403, 'origin_not_allowed']);
  });

  it('let a page of this machine in', async () => {
    expect((await post({ ...key(admin), origin: 'http://localhost:5173' }, ping)).status).toBe(200);
  });

  it.each(['GET', 'DELETE', 'PUT'])('take no %s', async (method) => {
    const answer = await house.request(method, '/mcp', admin);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
  });

  it('answer what is no JSON, no message, or too large', async () => {
    expect(await post(key(admin), '{')).toMatchObject({
      status: 400,
      text: expect.stringContaining('-32700'),
    });
    expect((await post(key(admin), '[]')).status).toBe(400);
    expect((await post(key(admin), '"x"')).status).toBe(400);
    expect((await post(key(admin), `"${'x'.repeat(70_000)}"`)).status).toBe(413);
    expect((await post({ ...key(admin), 'content-type': 'text/plain' }, ping)).status).toBe(415);
  });
});
