import { intervals, type Interval } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';

/** @throws DomainError unsupported_interval for what is none of the presets */
export function presetOf(interval: string): Interval {
  if (Object.hasOwn(intervals, interval)) return interval as Interval;
  const presets = Object.keys(intervals);
  const message = `Choose one of ${presets.join(', ')}, or null for the connector’s default.`;
  throw new DomainError('unsupported_interval', message, { presets });
}
