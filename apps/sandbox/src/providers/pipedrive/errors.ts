import { type Refusal } from '../provider.js';

/** Pipedrive's error body. */
export function pipedriveError(status: number, error: string, info?: string): Refusal {
  return {
    status,
    body: {
      success: false,
      error,
      ...(info !== undefined && { error_info: info }),
      errorCode: status,
      data: null,
      additional_data: null,
    },
  };
}

export const badRequest = (error: string): Refusal =>
  pipedriveError(
    400,
    error,
    'Please check developers.pipedrive.com for more information about Pipedrive API.',
  );

const texts: Record<number, string> = {
  401: 'unauthorized access',
  402: 'Company is not active',
  403: 'Forbidden',
  404: 'Unknown method .',
  410: 'Object already deleted',
  415: 'Feature not enabled',
  422: 'Validation failed',
};

/** What a control's `fail` looks like: variant `cloudflare` is the HTML page that ignored throttles earn. */
export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'cloudflare') {
    return {
      status,
      body: '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>',
      headers: { server: 'cloudflare' },
    };
  }
  return pipedriveError(status, texts[status] ?? (status >= 500 ? 'Internal server error' : 'Bad request'));
}
