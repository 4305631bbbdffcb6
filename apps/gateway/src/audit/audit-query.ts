import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';

import { isUuid } from '../input/ids.js';
import { Optional } from '../input/optional.js';
import { PageQuery } from '../input/paging.js';
import { Text } from '../input/text.js';
import { instantOf, Time } from '../input/time.js';
import { invalidRequest } from '../refusal/refusals.js';

export const outcomes = ['succeeded', 'refused', 'failed'] as const;
/** Longer than any that is recorded. */
const MAX_TARGET_LENGTH = 100;

/** Which entries of the audit are asked for: those that meet all that is given. */
export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id of the user who did it.' })
  @Optional()
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { message: 'must be a user’s id' })
  actor?: string;

  @ApiPropertyOptional({
    description: 'What was done: an operation’s id, `session.sign_in` or `session.sign_out`.',
  })
  @Optional()
  @Matches(/^([a-z_]{1,50}\.[a-z_]{1,50}|[A-Z]{3,7} \/\S{0,200})$/, {
    message: 'must be an operation’s id such as members.add, or session.sign_in or session.sign_out',
  })
  action?: string;

  @ApiPropertyOptional({ description: 'Id of what it was done to: a connection, a member, an API key.' })
  @Optional()
  @Text(MAX_TARGET_LENGTH)
  target?: string;

  @ApiPropertyOptional({ enum: outcomes })
  @Optional()
  @IsIn(outcomes)
  outcome?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Done then or later.' })
  @Optional()
  @Time()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Done before.' })
  @Optional()
  @Time()
  to?: string;
}

/** The filters as access takes them. @throws DomainError invalid_request for a time that ends before it begins */
export function filterOf({ actor, action, target, outcome, from, to }: AuditQuery) {
  const [begin, end] = [from, to].map((time) => (time === undefined ? undefined : instantOf(time)));
  if (begin !== undefined && end !== undefined && end <= begin) {
    throw invalidRequest([{ path: 'to', message: 'must be later than from' }]);
  }
  return {
    ...(actor !== undefined && { userId: actor.toLowerCase() }),
    ...(action !== undefined && { action }),
    ...(target !== undefined && { target: isUuid(target) ? target.toLowerCase() : target }),
    ...(outcome !== undefined && { outcome }),
    ...(begin !== undefined && { from: begin }),
    ...(end !== undefined && { to: end }),
  };
}
