import { type Refusal } from '../provider.js';

let requests = 0;

/** Each answer has an id of its own. */
export const requestId = (): string => `req_${String(++requests).padStart(8, '0')}`;

/** Pylon's error body. */
export function pylonError(status: number, code: string, message: string): Refusal {
  return { status, body: { errors: [message], request_id: requestId(), code } };
}

const known: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid_request', 'Invalid request'],
  401: ['invalid_api_token', 'Invalid API token!'],
  403: ['permission_denied', 'You do not have permission to perform this action.'],
  404: ['not_found', 'Not found'],
  429: ['rate_limited', 'Rate limit exceeded'],
};

/** What a control's `fail` looks like: variant `wrong_region` is the other region's refusal of a good token. */
export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'wrong_region') {
    return pylonError(status, 'wrong_region_token', 'This API token belongs to another region.');
  }
  return pylonError(status, ...(known[status] ?? ['internal_error', 'Something went wrong']));
}
