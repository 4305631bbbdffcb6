/** What the API refused, or why it was not reached. `code` is the contract's, or `network`; `message` says what to do next. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Of the answer, for support; null where no answer came. */
    readonly requestId: string | null = null,
    /** After which many seconds asking again makes sense; null where the answer did not say. */
    readonly retryAfterS: number | null = null,
  ) {
    super(message);
  }

  /** What is wrong with single fields of what was sent, by path. */
  get fields(): ReadonlyMap<string, string> {
    const { fields } = this.details;
    if (!Array.isArray(fields)) return new Map();
    return new Map(fields.map(({ path, message }: { path: string; message: string }) => [path, message]));
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing(): boolean {
    return this.code === 'network' || [429, 502, 503, 504].includes(this.status);
  }
}

export const networkError = (): ApiError =>
  new ApiError(0, 'network', 'The server cannot be reached. Check the network; it is tried again by itself.');

/** The error of an answer whose body is, or should be, the API's one envelope. */
export function apiError(response: Response, body: unknown): ApiError {
  const { error } = (body ?? {}) as { error?: { code?: string; message?: string; details?: object } };
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return new ApiError(
    response.status,
    error?.code ?? 'internal',
    error?.message ?? `The server answered ${response.status} without saying why. Try again.`,
    { ...error?.details },
    response.headers.get('x-request-id'),
    Number.isFinite(seconds) ? seconds : null,
  );
}
