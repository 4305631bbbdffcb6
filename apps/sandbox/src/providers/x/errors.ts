import { type Refusal } from '../provider.js';

const problem = (name: string): string => `https://api.twitter.com/2/problems/${name}`;

/** A whole-request problem. */
export function xProblem(
  status: number,
  title: string,
  detail: string,
  type = 'about:blank',
  more: object = {},
): Refusal {
  return { status, body: { ...more, title, detail, type, ...(type === 'about:blank' && { status }) } };
}

export function invalidRequest(parameter: string, value: string, message: string): Refusal {
  return xProblem(
    400,
    'Invalid Request',
    'One or more parameters to your request was invalid.',
    problem('invalid-request'),
    {
      errors: [{ parameters: { [parameter]: [value] }, message }],
    },
  );
}

/** A member of `errors[]` in a 200: one thing among those asked for is not there. */
export function notFound(resource: 'user' | 'tweet', parameter: string, value: string) {
  const kind = parameter === 'usernames' ? 'usernames' : parameter;
  return {
    value,
    detail: `Could not find ${resource} with ${kind}: [${value}].`,
    title: 'Not Found Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: problem('resource-not-found'),
  };
}

export function notAuthorized(id: string) {
  return {
    value: id,
    detail: `Sorry, you are not authorized to see the user with id: [${id}].`,
    title: 'Authorization Error',
    section: 'data',
    resource_type: 'user',
    parameter: 'id',
    resource_id: id,
    type: problem('not-authorized-for-resource'),
  };
}

export const unauthorized = (): Refusal => xProblem(401, 'Unauthorized', 'Unauthorized');
export const tooManyRequests = (): Refusal => xProblem(429, 'Too Many Requests', 'Too Many Requests');

/** The monthly cap: waiting does not help, and the headers may still show calls left. */
export function usageCapped(): Refusal {
  return {
    status: 429,
    body: {
      account_id: 1,
      product_name: 'standard-basic',
      title: 'UsageCapExceeded',
      period: 'Monthly',
      scope: 'Product',
      detail: 'Usage cap exceeded: Monthly product cap',
      type: problem('usage-capped'),
    },
  };
}

/** What a control's `fail` looks like for each status. */
export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'usage-capped') return usageCapped();
  switch (status) {
    case 400:
      return invalidRequest('sandbox', 'fail', 'Refused by a sandbox control.');
    case 401:
      return unauthorized();
    case 402:
      return xProblem(402, 'CreditsDepleted', 'Your account does not have any credits.', problem('credits'));
    case 403:
      return xProblem(
        403,
        'Client Forbidden',
        'When authenticating requests to the API, you must use keys and tokens from an App attached to a Project.',
        problem('client-forbidden'),
        { reason: 'client-not-enrolled' },
      );
    case 429:
      return tooManyRequests();
    default:
      return xProblem(
        status,
        status === 404 ? 'Not Found' : 'Service Unavailable',
        status === 404 ? 'Not Found' : 'Service Unavailable',
      );
  }
}
