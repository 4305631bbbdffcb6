import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { numberHeader } from '../../kit/http/retry-after.js';

/** Aircall's meanings beyond the status: a wrong pair is a 403, and a throttle names an instant of undocumented unit. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  if (answer.status === 403) return { kind: 'auth', note: 'status 403' };
  if (answer.status !== 429) return undefined;
  const reset = numberHeader(answer, 'x-aircallapi-reset');
  if (reset === undefined) return { kind: 'rate_limit', until: now + 60_000, scope: 'connection' };
  const at = reset < 1e12 ? reset * 1000 : reset;
  // A second more: the instant is cut to whole seconds, and asking too early costs another refusal.
  return { kind: 'rate_limit', until: Math.max(now, at) + 1000, scope: 'connection' };
}
