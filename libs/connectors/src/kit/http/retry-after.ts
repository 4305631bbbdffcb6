import type { ProviderAnswer } from '../definition.js';

/** `Retry-After` (seconds, or an HTTP date) as epoch milliseconds; undefined when it is absent or unreadable. */
export function retryAfter(answer: ProviderAnswer, now: number): number | undefined {
  const value = answer.headers['retry-after'];
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return now + Math.max(0, seconds) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(now, date);
}

/** A header as a finite number; undefined when it is absent or something else. */
export function numberHeader(answer: ProviderAnswer, name: string): number | undefined {
  const value = answer.headers[name];
  if (value === undefined || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** The next midnight UTC after `now`, both epoch milliseconds. */
export function nextMidnight(now: number): number {
  return Math.floor(now / 86_400_000 + 1) * 86_400_000;
}
