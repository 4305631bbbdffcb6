import type { PlatformRole } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../access/caller.js';
import { notFound } from '../refusal/refusals.js';

/** Where the operations of the platform's own staff are. */
export const ADMIN = 'api/admin';

/**
 * Whether a request is for what its caller must not know of: everything below {@link ADMIN}, with whatever method, for who
 * holds no platform role.
 */
export function isHidden({ caller, routeOptions, url }: FastifyRequest): boolean {
  // By the route that was matched: in the URL's text `%61dmin` is `admin` as well.
  return (routeOptions.url ?? url).startsWith(`/${ADMIN}/`) && caller?.platformRole === undefined;
}

/** Why this caller's platform role is not enough; null when it is, or when none is needed. */
export function platformRefusal(
  needed: readonly PlatformRole[] | undefined,
  { platformRole: held }: Pick<Caller, 'platformRole'>,
): DomainError | null {
  if (!needed || (needed as readonly (string | undefined)[]).includes(held)) return null;
  if (held === undefined) return notFound();
  return new DomainError(
    'platform_role_required',
    `This needs the platform role ${needed.join(' or ')}. Ask someone who holds it.`,
    { required: needed, held },
  );
}
