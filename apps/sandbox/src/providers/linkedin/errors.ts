import { type Refusal } from '../provider.js';

const refusal = (status: number, code: string, message: string, serviceErrorCode?: number): Refusal => ({
  status,
  body: { status, ...(serviceErrorCode !== undefined && { serviceErrorCode }), code, message },
});

export const invalidToken = (): Refusal =>
  refusal(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
export const revokedToken = (): Refusal =>
  refusal(401, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user', 65601);
export const expiredToken = (): Refusal =>
  refusal(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);

/** No role on the page, or a product that the app lacks: LinkedIn says the same. */
export const accessDenied = (resource: string, version: string): Refusal =>
  refusal(403, 'ACCESS_DENIED', `Not enough permissions to access: ${resource}.${version}01`, 100);

export const illegalArgument = (message: string): Refusal => refusal(400, 'ILLEGAL_ARGUMENT', message);
export const notFound = (message: string): Refusal => refusal(404, 'NOT_FOUND', message);
export const nonexistentVersion = (version: string): Refusal =>
  refusal(426, 'NONEXISTENT_VERSION', `Requested version ${version}01 is not active`);

/** The day's limit of the app; there is no header to tell when it ends. */
export const dayLimit = (): Refusal =>
  refusal(
    429,
    'TOO_MANY_REQUESTS',
    'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.',
    101,
  );

/** The throttle of LinkedIn's infrastructure. */
export const busy = (): Refusal => ({ status: 429, body: { status: 429, message: 'Too many requests' } });

/** What a control's `fail` looks like for each status. */
export function failure(status: number, _variant: string | undefined): Refusal {
  switch (status) {
    case 400:
      return illegalArgument('Resource method could not be resolved from request parameters.');
    case 401:
      return invalidToken();
    case 403:
      return accessDenied('posts.FINDER-author', '202608');
    case 404:
      return notFound('Could not find entity');
    case 426:
      return nonexistentVersion('202501');
    case 429:
      return busy();
    default:
      return { status, body: { status, message: 'Internal Server Error' } };
  }
}
