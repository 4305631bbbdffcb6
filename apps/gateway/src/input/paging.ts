import { decodeCursor, InvalidCursor, type Keyset } from '@connections/read-model';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';

import { Optional } from './optional.js';
import { invalidRequest } from '../refusal/refusals.js';

const LARGEST_PAGE = 200;

/** Query parameters of every paged read. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_PAGE })
  @Optional()
  @Matches(/^0*[1-9]\d*$/, { message: 'must be a whole number from 1 to 200' })
  limit?: string;

  @ApiPropertyOptional({ description: 'The `next_cursor` of the page before.' })
  @Optional()
  @IsString({ message: 'must be given once' })
  cursor?: string;
}

/** The page size asked for, 200 at most. */
export function limitOf({ limit }: PageQuery, standard: number): number {
  return limit === undefined ? standard : Math.min(Number(limit), LARGEST_PAGE);
}

/** Where the page begins; undefined for the first. Refuses a cursor that is not ours. */
export function keysetOf({ cursor }: PageQuery, isId: (id: string) => boolean): Keyset | undefined {
  return cursor === undefined ? undefined : refuseInvalidCursor(() => decodeCursor(cursor, isId));
}

/** Runs what reads a cursor, turning the reader's refusal into the contract's. */
export function refuseInvalidCursor<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InvalidCursor ? invalidCursor() : error;
  }
}

export const invalidCursor = () =>
  invalidRequest([{ path: 'cursor', message: 'is not a cursor of this list: start without one' }]);
