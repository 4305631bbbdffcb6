import { type FastifyRequest } from 'fastify';
import { type Refusal } from '../provider.js';
import { illegalArgument } from './errors.js';

/** Thrown for a request that LinkedIn refuses; carries the answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

/**
 * The query as Rest.li 2.0 reads it: parentheses and commas of lists and records stand raw, what is inside them is
 * percent-encoded. A list written `List%28…%29`, as URL builders write it, is no list.
 */
export function restliQuery(request: FastifyRequest): Map<string, string> {
  const query = request.url.split('?', 2)[1] ?? '';
  const pairs = query.split('&').filter(Boolean);
  return new Map(pairs.map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
}

/** An encoded URN of an organization → its id. */
export function organizationIn(query: Map<string, string>, name: string): string {
  const raw = query.get(name) ?? '';
  const id = /^urn%3Ali%3Aorganization%3A(\d+)$/i.exec(raw)?.[1];
  if (id === undefined)
    throw new Refused(illegalArgument(`Invalid query parameters passed to request: ${name}`));
  return id;
}

/** `List(a,b)` → decoded members. */
export function listIn(query: Map<string, string>, name: string): string[] | undefined {
  const raw = query.get(name);
  if (raw === undefined) return undefined;
  const inside = /^List\((.*)\)$/.exec(raw)?.[1];
  if (inside === undefined || inside === '')
    throw new Refused(illegalArgument(`Invalid query parameters passed to request: ${name}`));
  return inside.split(',').map((member) => {
    // A raw colon would be read as a record's.
    if (member.includes(':'))
      throw new Refused(illegalArgument(`Invalid query parameters passed to request: ${name}`));
    return decodeURIComponent(member);
  });
}

const DAY_MS = 86_400_000;

/**
 * The days asked for; undefined without `timeIntervals` (a lifetime's total).
 * @param settledAfter days that are not counted yet
 */
export function daysIn(query: Map<string, string>, now: number, settledAfter: number): number[] | undefined {
  const raw = query.get('timeIntervals');
  if (raw === undefined) return undefined;
  const match = /^\(timeRange:\(start:(\d+),end:(\d+)\),timeGranularityType:(DAY|MONTH)\)$/.exec(raw);
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  const aligned = start % DAY_MS === 0 && end % DAY_MS === 0 && start < end;
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const told = end <= today - settledAfter * DAY_MS && start >= today - 366 * DAY_MS;
  if (!match || match[3] !== 'DAY' || !aligned || !told)
    throw new Refused(illegalArgument('Invalid timeIntervals parameter'));
  return Array.from({ length: (end - start) / DAY_MS }, (_, day) => start + day * DAY_MS);
}

/** `start` and `count` of a paged finder. */
export function pageIn(query: Map<string, string>): { start: number; count: number } {
  const number = (name: string, fallback: number, least: number, most: number) => {
    const value = Number(query.get(name) ?? fallback);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Refused(illegalArgument(`Invalid query parameters passed to request: ${name}`));
  };
  return { start: number('start', 0, 0, 1_000_000), count: number('count', 10, 1, 100) };
}
