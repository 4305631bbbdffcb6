import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { numberHeader, retryAfter } from '../../kit/http/retry-after.js';
import { textAt } from '../../kit/value-at.js';

/**
 * The last part of a problem's type (`resource-not-found`): its host is api.x.com or api.twitter.com, whichever.
 * Looks at the whole problem first, then at the first of a partial answer's errors.
 */
export function problemIn(body: unknown): string | undefined {
  const type = textAt(body, 'type') ?? textAt(body, 'errors.0.type');
  return type === undefined ? undefined : /([a-z-]+)\/?$/.exec(type)?.[1];
}

/** What our app or its plan lacks, whichever account was asked for. */
const ofTheApp = new Set(['client-forbidden', 'unsupported-authentication', 'not-authorized-for-field']);

/** X's meanings beyond the status. Its limits hold for the platform's app as a whole, all workspaces together. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const problem = problemIn(answer.body);
  switch (answer.status) {
    case 402:
      return { kind: 'config', platform: true, note: 'the platform account is out of credits' };
    case 403:
      return {
        kind: 'config',
        note: problem ?? 'status 403',
        ...(problem !== undefined && ofTheApp.has(problem) ? { platform: true } : {}),
      };
    case 429: {
      // The month's cap: no waiting within a run cures it, whatever the headers still promise.
      if (problem === 'usage-capped' || textAt(answer.body, 'title') === 'UsageCapExceeded') {
        return { kind: 'config', platform: true, note: 'usage-capped' };
      }
      // Epoch seconds, and a second for clocks that differ.
      const reset = numberHeader(answer, 'x-rate-limit-reset');
      const until = reset === undefined ? retryAfter(answer, now) : Math.max(now, reset * 1000) + 1000;
      return { kind: 'rate_limit', until: until ?? now + 60_000, scope: 'app' };
    }
    default:
      return undefined;
  }
}

/** A 200 without data: the account is renamed, deleted, suspended or protected. The customer's handle is to blame. */
export function accountFault(body: unknown): ProviderFault | undefined {
  const problem = problemIn(body);
  if (textAt(body, 'data.id') !== undefined || problem === undefined) return undefined;
  return { kind: 'config', note: problem };
}
