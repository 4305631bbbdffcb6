import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

const A_TIME = { message: 'must be a time such as 2026-06-12T18:04:11Z' };
/** What PostgreSQL and JavaScript write alike; nothing here is older or newer. */
const EARLIEST = Date.UTC(1970, 0);
const LATEST = Date.UTC(9999, 11, 31);

/** A time of RFC 3339, of a day that there is. */
export const Time = (): PropertyDecorator =>
  applyDecorators(
    IsISO8601({ strict: true }, A_TIME),
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/, A_TIME),
  );

/** A {@link Time} in UTC, as it is stored. */
export function instantOf(time: string): string {
  return new Date(Math.min(Math.max(Date.parse(time), EARLIEST), LATEST)).toISOString();
}
