import { randomBytes } from 'node:crypto';

// Fresh randomness for each request costs more than parsing it: a random part per process, then a count.
const processPart = randomBytes(8).toString('hex');
let count = 0;

const nextCount = (): string => (++count).toString(16).padStart(12, '0');

/** Unique to this request among all processes: 29 characters of `[0-9a-f-]`. */
export const requestId = (): string => `${processPart}-${nextCount()}`;

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A `traceparent` for a request without a span: the trace that it came with, else one of its own, not sampled. */
export function cheapTraceparent(given: string | string[] | undefined): string {
  const span = `${processPart.slice(0, 4)}${nextCount()}`;
  const trace = typeof given === 'string' ? TRACEPARENT.exec(given)?.[1] : undefined;
  return `00-${trace ?? processPart + span}-${span}-00`;
}
