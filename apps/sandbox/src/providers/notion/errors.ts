import { randomUUID } from 'node:crypto';
import { type Refusal } from '../provider.js';

/** Notion's error body. */
export function notionError(status: number, code: string, message: string, additional?: object): Refusal {
  const request_id = randomUUID();
  return {
    status,
    body: {
      object: 'error',
      status,
      code,
      message,
      ...(additional && { additional_data: additional }),
      request_id,
    },
    headers: { 'x-notion-request-id': request_id },
  };
}

/** Thrown by a route; carries the answer. */
export class NotionRefusal extends Error {
  override readonly name = 'NotionRefusal';
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

export const invalid = (message: string) => new NotionRefusal(notionError(400, 'validation_error', message));
export const notFound = (id: string) =>
  new NotionRefusal(
    notionError(404, 'object_not_found', `Could not find object with ID: ${id}. Make sure it is shared.`),
  );

const codes: Readonly<Record<number, string>> = {
  400: 'validation_error',
  401: 'unauthorized',
  403: 'restricted_resource',
  404: 'object_not_found',
  409: 'conflict_error',
  500: 'internal_server_error',
  503: 'service_unavailable',
  504: 'gateway_timeout',
  529: 'service_overload',
};

/** What a control's `fail` looks like: variant `edge` is the page of the edge, `blocked` a limit that no wait cures. */
export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'edge') {
    return { status, body: '<!DOCTYPE html><html><body>Blocked</body></html>', headers: { 'cf-ray': '8f' } };
  }
  if (variant === 'blocked') {
    return notionError(status, 'rate_limited', 'You have been blocked.', {
      rate_limit_reason: 'public_api_request_blocked',
    });
  }
  return notionError(status, codes[status] ?? 'internal_server_error', 'Something went wrong.');
}
