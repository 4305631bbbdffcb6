import { type Window } from '../../data/collection.js';
import { type Refusal } from '../provider.js';
import { badRequest } from './errors.js';

export type Query = Record<string, string | undefined>;

/** Thrown for a parameter that the endpoint does not take; carries the answer. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
  readonly refusal: Refusal;
  constructor(message: string) {
    super(message);
    this.refusal = badRequest(message);
  }
}

export function limitOf(query: Query): number {
  const limit = query.limit === undefined || query.limit === '' ? 100 : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new BadParameter('limit must be a number from 1 to 500');
  return limit;
}

/** `updated_since` (inclusive) and `updated_until` (exclusive): RFC 3339 without fractional seconds. */
export function windowOf(query: Query): Window {
  return { since: instant('updated_since', query), until: instant('updated_until', query) };
}

function instant(name: string, query: Query): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const valid = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(value);
  const ms = valid ? Date.parse(value) : NaN;
  if (Number.isNaN(ms))
    throw new BadParameter(`${name} must be a RFC3339 date-time without fractional seconds`);
  return ms;
}
