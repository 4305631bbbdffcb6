import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const UNNAMED_THROTTLE_MS = 30_000;

const throttles = ['ratelimited', 'rate_limited'];
const passing = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'fetch_members_failed',
  'team_added_to_org', // the workspace is being moved
];

const kinds: Readonly<Record<ProviderFault['kind'], readonly string[]>> = {
  auth: [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'org_login_required',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
  ],
  // One channel or thread that is closed to us, or has gone.
  gone: ['not_in_channel', 'channel_not_found', 'thread_not_found'],
  cursor_expired: ['invalid_cursor'],
  config: [
    'invalid_ts_oldest',
    'invalid_ts_latest',
    'invalid_limit',
    'limit_required',
    'invalid_arguments',
    'invalid_arg_name',
    'invalid_form_data',
    'missing_argument',
    'team_access_not_granted',
    'access_denied',
    'accesslimited',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'deprecated_endpoint',
    'upgrade_required',
  ],
  transient: passing,
  rate_limit: throttles,
  unknown: [],
  handle_not_found: [],
  handle_unsupported: [],
};

const kindOf = new Map(
  Object.entries(kinds).flatMap(([kind, errors]) =>
    errors.map((error) => [error, kind as ProviderFault['kind']] as const),
  ),
);

/** Slack answers 200 to nearly everything: success is `ok`, and only `error` says what went wrong. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const error = textAt(answer.body, 'error');
  const kind = answer.status === 429 ? 'rate_limit' : kindOf.get(error ?? '');
  if (kind === 'rate_limit') {
    const until = retryAfter(answer, now) ?? now + UNNAMED_THROTTLE_MS;
    return { kind, until, scope: 'connection' };
  }
  if (answer.status >= 500) return { kind: 'transient', note: error ?? `status ${answer.status}` };
  // A cut-off body is judged elsewhere.
  if (typeof answer.body === 'string' || valueAt(answer.body, 'ok') === true) return undefined;
  return { kind: kind ?? 'unknown', note: error ?? 'neither ok nor an error' };
}

/**
 * The token endpoint's answer in the standard's terms. It calls a bearer token `bot`, and refuses with status 200;
 * whatever it refuses for no reason of its own or ours is the grant's fault.
 */
export function tokenAnswer(body: Readonly<Record<string, unknown>>) {
  if (body['ok'] === true) return { status: 200, body: { ...body, token_type: 'bearer' } };
  const error = textAt(body, 'error') ?? '';
  if (throttles.includes(error)) return { status: 429, body: { error } };
  if (passing.includes(error) || error === '')
    return { status: 503, body: { error: 'temporarily_unavailable' } };
  const client = ['invalid_client_id', 'bad_client_secret'].includes(error);
  return client
    ? { status: 401, body: { error: 'invalid_client' } }
    : { status: 400, body: { error: 'invalid_grant' } };
}
