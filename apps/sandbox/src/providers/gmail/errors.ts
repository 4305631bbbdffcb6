import { type Refusal } from '../provider.js';

const statuses: Readonly<Record<number, readonly [status: string, reason: string, message: string]>> = {
  400: ['INVALID_ARGUMENT', 'invalidArgument', 'Invalid argument.'],
  401: ['UNAUTHENTICATED', 'authError', 'Invalid Credentials'],
  403: ['PERMISSION_DENIED', 'insufficientPermissions', 'Request had insufficient authentication scopes.'],
  404: ['NOT_FOUND', 'notFound', 'Requested entity was not found.'],
  429: ['RESOURCE_EXHAUSTED', 'rateLimitExceeded', 'User-rate limit exceeded.'],
  500: ['INTERNAL', 'backendError', 'Backend Error'],
  503: ['UNAVAILABLE', 'backendError', 'The service is currently unavailable.'],
};

/** Google's error body. @param told the message, where it says more than that of its first error */
export function googleError(status: number, reason?: string, message?: string, told = message): Refusal {
  const [name, known, text] = statuses[status] ?? [
    'UNKNOWN',
    status < 500 ? 'badRequest' : 'backendError',
    'Error.',
  ];
  const domain = /Exceeded/.test(reason ?? known) ? 'usageLimits' : 'global';
  return {
    status,
    body: {
      error: {
        code: status,
        message: told ?? text,
        errors: [{ message: message ?? text, domain, reason: reason ?? known }],
        status: name,
      },
    },
  };
}

/** Thrown by a route; carries the answer. */
export class GmailRefusal extends Error {
  override readonly name = 'GmailRefusal';
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

export const notFound = () => new GmailRefusal(googleError(404));
export const invalid = (message: string) => new GmailRefusal(googleError(400, 'invalidArgument', message));

/** What `variant` of a control's `fail` may say: a reason, at the control's status. */
export const failures = [
  'insufficientPermissions', 'domainPolicy', 'failedPrecondition', 'backendError', 'authError',
] as const; // prettier-ignore

export const throttleReasons = ['rateLimitExceeded', 'userRateLimitExceeded', 'dailyLimitExceeded'] as const;
