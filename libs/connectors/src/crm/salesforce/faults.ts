import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';

/** The day's budget rolls: one cheap try an hour finds out that there is some again. */
export const DAY_SPENT_MS = 3_600_000;
/** Too many long requests at once: some end within seconds. */
const BUSY_MS = 10_000;

/** 401s that a fresh token would meet again. */
const noSession = ['not valid for use with the REST API', 'is not attached to Agent'];

const kinds: Readonly<Record<string, ProviderFault['kind']>> = {
  INVALID_QUERY_LOCATOR: 'cursor_expired',
  // What was visible when the pass began is not any more: it is asked anew.
  INVALID_FIELD: 'cursor_expired',
  INVALID_TYPE: 'config',
  MALFORMED_QUERY: 'config',
  QUERY_TIMEOUT: 'transient',
  OPERATION_TOO_LARGE: 'transient',
  UNABLE_TO_LOCK_ROW: 'transient',
  SERVER_UNAVAILABLE: 'transient',
  NOT_FOUND: 'config',
};

/** Salesforce's meanings beyond the status: refusals are a list, and a throttle is a 403. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return undefined;
  const first: unknown = Array.isArray(body) ? body[0] : undefined;
  const code = textAt(first, 'errorCode');
  const message = textAt(first, 'message') ?? '';
  if (code === 'REQUEST_LIMIT_EXCEEDED') {
    const wait = isDaySpent(answer, message) ? DAY_SPENT_MS : BUSY_MS;
    return { kind: 'rate_limit', until: now + wait, scope: 'connection', note: message };
  }
  if (status === 401 && noSession.some((text) => message.includes(text)))
    return { kind: 'config', note: message };
  const kind = code === undefined ? undefined : kinds[code];
  if (kind) return { kind, note: code! };
  // Passing trouble at the edge, and a move of the org to another instance, whose pages name no code.
  if (status < 400 || status === 406 || status === 420)
    return { kind: 'transient', note: `status ${status}` };
  return status === 403 ? { kind: 'config', note: code ?? 'status 403' } : undefined;
}

/** Share of the org's requests of the last 24 hours that is used up; undefined where the answer does not tell. */
export function usedShare(answer: ProviderAnswer): number | undefined {
  const [, used, most] = /api-usage=(\d+)\/(\d+)/.exec(answer.headers['sforce-limit-info'] ?? '') ?? [];
  return used === undefined || Number(most) === 0 ? undefined : Number(used) / Number(most);
}

/** One code stands for the day's budget and for too many at once. */
function isDaySpent(answer: ProviderAnswer, message: string): boolean {
  const share = usedShare(answer);
  return share === undefined ? !/concurrent/i.test(message) : share >= 1;
}
