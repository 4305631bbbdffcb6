import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { hubspotError, missingScopes, validationError } from './errors.js';
import { type ObjectType, Portal } from './objects/object-type.js';
import { objectType } from './objects/registry.js';
import { render } from './objects/render.js';

type Query = Record<string, string | string[] | undefined>;

export const objectPaths = [
  '/crm/objects/2026-03/:type',
  '/crm/objects/2026-09/:type',
  '/crm/v3/objects/:type',
];

/** `GET /crm/objects/{version}/{type}` and the same by id. */
export function listRoutes(scope: FastifyInstance, state: ProviderState): void {
  for (const path of objectPaths) {
    scope.get<{ Params: { type: string }; Querystring: Query }>(path, (request, reply) => {
      const type = accessible(request.params.type, request.scopes);
      if ('status' in type) return refuse(reply, type);
      const page = listPage(type, new Portal(request.account!, state), request.query, state, request);
      return 'status' in page ? refuse(reply, page as Refusal) : send(reply, page);
    });
    scope.get<{ Params: { type: string; id: string }; Querystring: Query }>(
      `${path}/:id`,
      (request, reply) => {
        const type = accessible(request.params.type, request.scopes);
        if ('status' in type) return refuse(reply, type);
        const index = Number(request.params.id) - type.firstId;
        const row = Number.isSafeInteger(index)
          ? new Portal(request.account!, state).row(type, index)
          : undefined;
        const archived = request.query.archived === 'true';
        if (!row || (row.state.deletedAt !== null) !== archived) {
          return refuse(reply, hubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found'));
        }
        return send(
          reply,
          render(type, row, named(request.query.properties, type), list(request.query.associations)),
        );
      },
    );
  }
}

/** The object type of a path, or why this token may not read it. */
export function accessible(name: string, scopes: readonly string[] = []): ObjectType | Refusal {
  const type = objectType(name);
  if (!type) return validationError(`Unable to infer object type from: ${name}`);
  const missing = type.scopes.filter((scope) => !scopes.includes(scope));
  return missing.length > 0 ? missingScopes(missing) : type;
}

/** Naming properties replaces the default set. */
export function named(value: string | string[] | undefined, type: ObjectType): readonly string[] {
  const names = list(value);
  return names.length > 0 ? names : type.defaults;
}

function listPage(type: ObjectType, portal: Portal, query: Query, state: ProviderState, request: Asked) {
  const limit = query.limit === undefined ? 10 : Number(query.limit);
  const most = query.propertiesWithHistory === undefined ? 100 : 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    return validationError(`Invalid limit: it must be a number from 1 to ${most}.`);
  }
  const archived = query.archived === 'true';
  const scope = `${type.name}/${archived}`;
  let from = -Infinity;
  if (query.after !== undefined) {
    const position = decodeCursor(String(query.after), scope, state.cutoff('expire_cursors', portal.id));
    if (typeof position !== 'number') return validationError('The paging cursor is invalid or has expired.');
    from = position;
  }
  const collection = portal.collection(type.name);
  const rows = archived
    ? collection.deletedRows().filter((index) => index >= from)
    : collection.byId(Math.max(0, from));
  const properties = named(query.properties, type);
  const associated = list(query.associations);
  const results = [];
  let next: number | undefined;
  for (const index of rows) {
    if (results.length === limit) {
      next = index;
      break;
    }
    results.push(render(type, portal.row(type, index)!, properties, associated));
  }
  if (next === undefined) return { results };
  return { results, paging: nextPage(request, encodeCursor(next, scope)) };
}

/** The address asked for, as far as the link to the next page needs it. */
interface Asked {
  protocol: string;
  host: string;
  url: string;
}

export function nextPage({ protocol, host, url }: Asked, after: string) {
  const link = new URL(url, `${protocol}://${host}`);
  link.searchParams.set('after', after);
  return { next: { after, link: link.href } };
}

function list(value: string | string[] | undefined): string[] {
  return (Array.isArray(value) ? value : [value ?? '']).flatMap((part) => part.split(',')).filter(Boolean);
}

function send<Reply extends { type(type: string): Reply; send(body: string): Reply }>(
  reply: Reply,
  body: object,
): Reply {
  // Stringified here: Fastify's own serializer costs as much again on a page of 100 rows.
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}
