import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import * as words from '../../data/words.js';
import { type ProviderState } from '../provider-state.js';
import { hubspotError, missingScopes, validationError } from './errors.js';
import { nextPage } from './list.js';
import { firstOwnerId, Portal, time } from './objects/object-type.js';

type Query = Record<string, string | undefined>;
const scopeName = 'crm.objects.owners.read';

/** `GET /crm/owners/{version}` with `limit`, `after`, `archived`, `email`; and one by id. */
export function ownerRoutes(scope: FastifyInstance, state: ProviderState): void {
  for (const path of ['/crm/owners/2026-03', '/crm/owners/2026-09', '/crm/v3/owners']) {
    scope.get<{ Querystring: Query }>(path, (request, reply) => {
      if (!request.scopes?.includes(scopeName)) return refuse(reply, missingScopes([scopeName]));
      const { limit: wanted = '100', after, archived, email } = request.query;
      const limit = Number(wanted);
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
        return refuse(reply, validationError('Invalid limit: it must be a number from 1 to 100.'));
      }
      const portal = new Portal(request.account!, state);
      const cursorScope = `owners/${archived === 'true'}`;
      const from =
        after === undefined
          ? -Infinity
          : decodeCursor(after, cursorScope, state.cutoff('expire_cursors', portal.id));
      if (typeof from !== 'number') {
        return refuse(reply, validationError('The paging cursor is invalid or has expired.'));
      }
      const owners = portal.collection('owners');
      const indexes = (archived === 'true' ? owners.deletedRows() : [...owners.byId(0)]).filter(
        (i) => i >= from,
      );
      const rows = indexes
        .map((i) => owner(portal, i))
        .filter((row) => email === undefined || row.email === email);
      const next = rows[limit] && encodeCursor(Number(rows[limit].id) - firstOwnerId, cursorScope);
      return reply.send({
        results: rows.slice(0, limit),
        ...(next && { paging: nextPage(request, next) }),
      });
    });
    scope.get<{ Params: { id: string } }>(`${path}/:id`, (request, reply) => {
      if (!request.scopes?.includes(scopeName)) return refuse(reply, missingScopes([scopeName]));
      const portal = new Portal(request.account!, state);
      const index = Number(request.params.id) - firstOwnerId;
      if (!Number.isInteger(index) || !portal.collection('owners').state(index)) {
        return refuse(reply, hubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found'));
      }
      return reply.send(owner(portal, index));
    });
  }
}

function owner(portal: Portal, index: number) {
  const state = portal.collection('owners').state(index)!;
  const fields = portal.fields('owners', index);
  const archived = state.deletedAt !== null;
  const lastName = fields.pick(2, words.lastNames);
  const userId = 5_000_000 + index + 100;
  return {
    id: String(firstOwnerId + index),
    email: `owner.${firstOwnerId + index}@example.test`,
    firstName: fields.pick(1, words.firstNames),
    lastName: state.version === 0 ? lastName : `${lastName} (rev ${state.version})`,
    // An archived owner has lost its user; queues never had one.
    ...(!archived && { userId }),
    userIdIncludingInactive: userId,
    type: 'PERSON',
    createdAt: time(state.createdAt),
    updatedAt: time(state.modifiedAt),
    archived,
    ...(fields.chance(3, 60) && { teams: [{ id: '31', name: 'Vertrieb DACH 🇩🇪', primary: true }] }),
  };
}
