import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const UNNAMED_THROTTLE_MS = 10_000;

const kindOf = new Map<string, ProviderFault['kind']>(
  (
    [
      // The account has no mailbox here: unlicensed, or kept on premises.
      ['config', ['mailboxnotenabledforrestapi', 'mailboxnotsupportedforrestapi']],
      ['config', ['erroraccessdenied', 'accessdenied', 'authorization_requestdenied']],
      // Conditional access asks for more than a refreshed token can give.
      ['auth', ['invalidauthenticationtoken', 'insufficient_claims', 'compacttoken']],
      ['gone', ['erroritemnotfound', 'itemnotfound', 'resourcenotfound', 'errorfoldernotfound']],
      ['cursor_expired', ['syncstatenotfound', 'syncstateinvalid', 'resyncrequired']],
      ['rate_limit', ['applicationthrottled', 'toomanyrequests', 'errorservertoobusy']],
    ] as const
  ).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)),
);

/** The codes of an answer, outermost first: `innerError` here, `innererror` there, one in the other. */
export function codesIn(body: unknown): string[] {
  const codes: string[] = [];
  for (let at = valueAt(body, 'error'); at !== undefined && codes.length < 5;) {
    const code = textAt(at, 'code');
    if (code !== undefined) codes.push(code);
    at = valueAt(at, 'innerError') ?? valueAt(at, 'innererror');
  }
  return codes;
}

export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status, body } = answer;
  if (status < 400) return undefined;
  const codes = codesIn(body);
  const note = codes[0] ?? `status ${status}`;
  if (status === 410) return { kind: 'cursor_expired', note };
  const named = codes.map((code) => kindOf.get(code.toLowerCase())).find((kind) => kind !== undefined);
  if (status === 429 || named === 'rate_limit') {
    // Fractions of a second come, too, and are short of what is meant.
    const wait = (retryAfter(answer, now) ?? now + UNNAMED_THROTTLE_MS) - now;
    const until = now + Math.ceil(wait / 1000) * 1000;
    return { kind: 'rate_limit', until, scope: 'connection', note };
  }
  if (status >= 500) {
    const until = retryAfter(answer, now);
    return { kind: 'transient', note, ...(until === undefined ? {} : { until }) };
  }
  if (status === 401) return { kind: 'auth', note };
  if (status === 403 && /insufficient_claims/.test(answer.headers['www-authenticate'] ?? '')) {
    return { kind: 'auth', note: 'insufficient_claims' };
  }
  return named ? { kind: named, note } : undefined;
}
