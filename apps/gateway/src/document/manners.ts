import type { OpenAPIObject } from '@nestjs/swagger';

import { isRepeatable } from '../idempotency/idempotency.js';
import {
  callersHeaders,
  errorResponses,
  etagHeader,
  headerComponents,
  replayedHeader,
  responseComponents,
} from './responses.js';
import { operationAt, type OperationOptions } from '../operations/operation.js';

type Described = NonNullable<OpenAPIObject['paths'][string]['get']>;

const TAGS: Readonly<Record<string, string>> = {
  connections: 'What can be connected, and what is.',
  runs: 'The history of syncs.',
  records: 'What the syncs brought.',
  social: 'Followers, engagement and posts of social accounts.',
  members: 'Who belongs to the workspace.',
  'api-keys': 'Credentials of programs.',
  session: 'Credentials of people in the console.',
  settings: 'What the workspace lets its members reach.',
  audit: 'Who did what.',
  me: 'Who asks.',
  operations: 'What the caller may call.',
  admin: 'For the platform’s own staff.',
};

/** Reads that are answered 304 where nothing has changed. */
const CONDITIONAL = new Set([
  'connections.list',
  'connections.summary',
  'connections.get',
  'connections.get_status',
  'connections.explain_health',
]);
/** Writes that ask a provider. */
const ASKS_PROVIDER = new Set(['connections.connect', 'connections.reconnect']);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds to a document of the operations what they all have in common, and leaves out what is no operation. */
export function withManners(document: OpenAPIObject): OpenAPIObject {
  const used = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    const route = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const method of METHODS) {
      const described = item[method];
      const operation = operationAt(method.toUpperCase(), route);
      if (!described || !operation) delete item[method];
      else {
        describe(described, operation);
        if (described.requestBody && !needsBody(described, operation, document)) {
          Object.assign(described.requestBody, { required: false });
        }
        for (const tag of described.tags ?? []) used.add(tag);
      }
    }
    if (METHODS.every((method) => !item[method])) delete document.paths[path];
  }
  return {
    ...document,
    servers: [{ url: '/', description: 'This gateway.' }],
    tags: [...used].sort().map((name) => ({ name, description: TAGS[name] ?? '' })),
    components: { ...document.components, headers: headerComponents, responses: responseComponents },
  } as unknown as OpenAPIObject;
}

function describe(described: Described, operation: OperationOptions): void {
  const { scope, body, id, path } = operation;
  described.description = scope ? `Needs the scope \`${scope}\`.` : 'Any caller may ask.';
  const repeatable = isRepeatable(operation);
  const headers = {
    ...callersHeaders,
    ...(CONDITIONAL.has(id) && etagHeader),
    ...(repeatable && replayedHeader),
  };
  for (const response of Object.values(described.responses)) {
    if (response && 'description' in response) Object.assign(response, { headers });
  }
  const statuses = [
    400,
    401,
    ...(scope ? [403] : []),
    ...(path.includes(':') ? [404] : []),
    406,
    ...(operation.method === 'GET' ? [] : [409]),
    ...(body ? [413, 415] : []),
    ...(repeatable ? [422] : []),
    429,
    500,
    ...(ASKS_PROVIDER.has(id) ? [502] : []),
    503,
    504,
  ];
  if (id === 'connections.connect') {
    const location = { Location: { description: 'The row that was made.', schema: { type: 'string' } } };
    described.responses[201] = { ...described.responses[200], headers: { ...headers, ...location } } as never;
  }
  delete described.responses.default;
  Object.assign(described.responses, errorResponses(statuses));
  described.parameters = [
    ...(described.parameters ?? []),
    ...(repeatable ? [idempotencyKey] : []),
    ...(CONDITIONAL.has(id) ? [ifNoneMatch] : []),
  ];
  if (CONDITIONAL.has(id)) {
    described.responses[304] = { description: 'What you have is what there is.', headers };
  }
}

/** A body whose fields may all be left out may be left out itself; an empty PATCH changes nothing, and is refused. */
function needsBody(
  { requestBody }: Described,
  { method }: OperationOptions,
  document: OpenAPIObject,
): boolean {
  const schema = (requestBody as { content?: Record<string, { schema?: { $ref?: string } }> }).content?.[
    'application/json'
  ]?.schema;
  const named = document.components?.schemas?.[schema?.$ref?.split('/').at(-1) ?? ''];
  return method === 'PATCH' || ((named as { required?: string[] } | undefined)?.required ?? []).length > 0;
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing.',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of what you have.',
  required: false,
  schema: { type: 'string' },
} as const;
