import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { allServices, House, type Answer, type Caller } from '../../test/house.js';

interface Entry {
  id: string;
  method: string;
  path: string;
  required_scopes: string[];
  surface: string | null;
  access: string | null;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  input_schema: any;
  output_schema: AnySchema;
}

let house: House;
let admin: Caller;
let viewer: Caller;
/** What cannot be read off a schema: ids of what there is, and values that a rule behind the schema asks for. */
let known: Record<string, unknown>;
let socialId: string;

const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false });
formats.default(ajv);
ajv.addKeyword('x-in');

const operationsOf = async (caller: Caller): Promise<Entry[]> =>
  (await house.request('GET', 'operations', caller)).body.operations;

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  viewer = await house.member('viewer', admin.workspaceId);
  const { body } = await house.request('POST', 'connections', admin, {
    connector_type: 'pipedrive',
    api_key: 'sandbox_1001',
  });
  const { id, last_run } = await house.settled(body.connection.id, admin);
  const social = { connector_type: 'x', account_handle: 'acme' };
  socialId = (await house.request('POST', 'connections', admin, social)).body.connection.id;
  await house.settled(socialId, admin);
  known = { id, run_id: last_run.id, connector_type: 'hubspot', name: 'Deals', range: '7d' };
  Object.assign(known, { email: 'grace@acme.test', role: 'viewer', scopes: ['connections:read'] });
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('operations', () => {
  it('are, for an admin, all that have a route', async () => {
    const { body } = await house.request('GET', '/api/openapi.json');
    const routes = Object.entries(body.paths as Record<string, Record<string, { operationId?: string }>>)
      .filter(([path]) => !path.startsWith('/api/admin/'))
      .flatMap(([, methods]) => Object.values(methods))
      .map(({ operationId }) => operationId ?? '')
      .filter((id) => /^[a-z_]+\.[a-z_]+$/.test(id));
    const listed = (await operationsOf(admin)).map(({ id }) => id);
    expect(listed.sort()).toEqual(routes.sort());
    expect(listed).toEqual(
      expect.arrayContaining(
        'list_catalog list summary get get_status explain_health connect update disconnect reconnect sync pause resume list_runs get_run list_activity list_streams list_records get_social events'
          .split(' ')
          .map((name) => `connections.${name}`),
      ),
    );
  });

  it('say where an input belongs, what they need, and by which dialect', async () => {
    const update = (await operationsOf(admin)).find(({ id }) => id === 'connections.update');
    expect(update).toMatchObject({
      method: 'PATCH',
      path: '/api/platform/v1/connections/:id',
      required_scopes: ['connections:write'],
      surface: 'connections',
      access: 'write',
      input_schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: {
          id: { 'x-in': 'path' },
          name: { 'x-in': 'body', maxLength: 100 },
          owner_user_id: { type: ['string', 'null'] },
        },
        required: ['id'],
        additionalProperties: false,
      },
    });
  });

  it('have schemas that a strict validator takes', async () => {
    for (const { id, input_schema, output_schema } of await operationsOf(admin)) {
      expect([id, ajv.validateSchema(input_schema), ajv.validateSchema(output_schema)]).toEqual([
        id,
        true,
        true,
      ]);
      ajv.compile(input_schema);
      ajv.compile(output_schema);
      expect([id, Object.keys(output_schema)]).toEqual([id, expect.arrayContaining(['type'])]);
    }
  });

  it('answer, called as their input says, as their output says', async () => {
    const listed = (await operationsOf(admin)).filter(({ id }) => called.includes(id));
    listed.sort((one, other) => called.indexOf(one.id) - called.indexOf(other.id));
    expect(listed).toHaveLength(called.length);
    for (const operation of listed) {
      const input = inputOf(operation);
      expect([operation.id, ajv.validate(operation.input_schema, input), ajv.errors]).toEqual([
        operation.id,
        true,
        null,
      ]);
      const { status, body, text } = await call(operation, input, admin);
      expect([operation.id, status, status < 300 ? '' : text]).toEqual([
        operation.id,
        expect.any(Number),
        '',
      ]);
      expect([operation.id, ajv.validate(operation.output_schema, body), ajv.errors]).toEqual([
        operation.id,
        true,
        null,
      ]);
    }
  }, 60_000);

  it('refuse whom they are not listed to', async () => {
    const callable = new Set((await operationsOf(viewer)).map(({ id }) => id));
    expect(callable).toContain('connections.list');
    expect(callable).not.toContain('connections.connect');
    for (const operation of await operationsOf(admin)) {
      if (callable.has(operation.id)) continue;
      const { status, body } = await call(operation, inputOf(operation), viewer);
      expect([operation.id, status, body.error.code]).toEqual([operation.id, 403, 'missing_scope']);
      expect(operation.required_scopes).toEqual([body.error.details.required]);
    }
  });
});

/** In an order in which each finds what it acts upon. What changes a member, a key or the rules has its own spec. */
const called = [
  'operations.list',
  'me.get',
  'members.list',
  'members.add',
  'api_keys.create',
  'api_keys.list',
  'settings.get_apps',
  'settings.get_access',
  'audit.list',
  'connections.list_catalog',
  'connections.list',
  'connections.summary',
  'connections.get',
  'connections.get_status',
  'connections.explain_health',
  'connections.list_runs',
  'connections.get_run',
  'connections.list_activity',
  'connections.list_streams',
  'connections.list_records',
  'connections.connect',
  'connections.get_social',
  'connections.update',
  'connections.sync',
  'connections.pause',
  'connections.resume',
  'connections.disconnect',
  'connections.reconnect',
];

/** Every required field, and of the optional ones those that we know a value of. */
function inputOf({ id, input_schema }: Entry): Record<string, unknown> {
  const { properties, required } = input_schema;
  const own: Readonly<Record<string, object>> = {
    'connections.reconnect': { api_key: 'sandbox_1001' },
    'connections.get_social': { id: socialId },
  };
  const values = { ...known, ...own[id] };
  return Object.fromEntries(
    Object.keys(properties)
      .filter((name) => required.includes(name) || name in values)
      .map((name) => [name, name in values ? values[name as 'id'] : sample(properties[name])]),
  );
}

function sample(schema: {
  enum?: unknown[];
  type?: string;
  pattern?: string;
  examples?: unknown[];
}): unknown {
  if (schema.examples) return schema.examples[0];
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [];
  if (schema.type === 'object') return {};
  if (schema.type === 'integer') return 1;
  return schema.pattern?.includes('[0-9a-fA-F]{8}') ? '00000000-0000-0000-0000-000000000000' : 'sample';
}

function call(
  { method, path, input_schema }: Entry,
  input: Record<string, unknown>,
  caller: Caller,
): Promise<Answer> {
  const of = (place: string) =>
    Object.entries(input).filter(([name]) => input_schema.properties[name]['x-in'] === place);
  const filled = of('path').reduce((url, [name, value]) => url.replace(`:${name}`, String(value)), path);
  const query = new URLSearchParams(
    Object.fromEntries(of('query').map(([name, value]) => [name, String(value)])),
  ).toString();
  const body = of('body');
  return house.request(
    method,
    query ? `${filled}?${query}` : filled,
    caller,
    body.length > 0 ? Object.fromEntries(body) : undefined,
  );
}
