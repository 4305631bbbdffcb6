import { type FastifyInstance } from 'fastify';
import { refuse } from '../../../control/faults.js';
import { type ProviderState } from '../../provider-state.js';
import { validationError } from '../errors.js';
import { accessible, named, objectPaths } from '../list.js';
import { type ObjectType, Portal } from '../objects/object-type.js';
import { render } from '../objects/render.js';
import { InvalidSearch } from './operators.js';
import { parseQuery, type SearchBody } from './query.js';
import { runSearch } from './run.js';

/** A search never pages beyond this many hits. */
const ceiling = 10_000;

/** `POST /crm/objects/{version}/{type}/search`. */
export function searchRoutes(scope: FastifyInstance, state: ProviderState): void {
  for (const path of objectPaths) {
    scope.post<{ Params: { type: string } }>(`${path}/search`, (request, reply) => {
      const type = accessible(request.params.type, request.scopes);
      if ('status' in type) return refuse(reply, type);
      const { properties: _names, ...asked } = (request.body ?? {}) as SearchBody;
      request.loggedBody = asked;
      try {
        const answer = search((request.body ?? {}) as SearchBody, type, new Portal(request.account!, state));
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
      } catch (error) {
        if (error instanceof InvalidSearch) return refuse(reply, validationError(error.message));
        throw error;
      }
    });
  }
}

function search(body: SearchBody, type: ObjectType, portal: Portal) {
  const { limit = 10, after = 0 } = body;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new InvalidSearch('Invalid limit: it must be a number from 1 to 200.');
  }
  const offset = after === '' ? 0 : Number(after);
  if (!Number.isInteger(offset) || offset < 0) throw new InvalidSearch('The paging cursor is invalid.');
  if (offset >= ceiling) {
    throw new InvalidSearch(`You can only page through the first ${ceiling} results of a search.`);
  }
  const query = parseQuery(body, type);
  const { total, page } = runSearch(query, type, portal, offset, Math.min(limit, ceiling - offset));
  const properties = named(body.properties, type);
  const results = page.map((index) => render(type, portal.row(type, index)!, properties));
  const end = offset + page.length;
  return { total, results, ...(end < total && { paging: { next: { after: String(end) } } }) };
}
