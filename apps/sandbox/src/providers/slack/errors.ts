import { type Refusal } from '../provider.js';

/** Slack refuses with status 200, unless it is throttled or away. */
export const slackError = (error: string, more: object = {}, status = 200): Refusal => ({
  status,
  body: { ok: false, error, ...more },
});

/** Thrown by a method; carries the answer. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

/** What `variant` of a control's `fail` may say: the error, at Slack's status 200 whatever the control's. */
export const failures = [
  'internal_error', 'fatal_error', 'team_added_to_org', 'not_in_channel', 'channel_not_found', 'missing_scope',
  'token_expired', 'account_inactive', 'access_denied', 'invalid_limit', 'something_new',
] as const; // prettier-ignore

export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'missing_scope') {
    return slackError(variant, { needed: 'channels:history', provided: 'channels:read,users:read' });
  }
  if (variant !== undefined) return slackError(variant);
  const error =
    status >= 500 ? 'service_unavailable' : status === 404 ? 'unknown_method' : 'invalid_arguments';
  return slackError(error, {}, status);
}
