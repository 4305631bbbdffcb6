// Secrets are recognised by the name of the field they stand in, and in free text by their shape.
const SECRET_NAME =
  /(secret|password|passphrase|token|authorization|cookie|api[_-]?key|private[_-]?key|code[_-]?verifier)s?$/i;

const SECRET_SHAPES: [RegExp, string][] = [
  [/(:\/\/)[^/\s:@]*:[^/\s@]+@/g, '$1[redacted]@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [redacted]'],
  [
    /\b(code|state|access_token|refresh_token|id_token|api_token|api_key|token|client_secret|code_verifier)=[^&\s"']+/gi,
    '$1=[redacted]',
  ],
  [/\b(\w{2,}_(?:sk|pk)_\w{2,8}_)\w{8,}/g, '$1[redacted]'],
];

const MAX_DEPTH = 6;

/** The text without credentials in URLs, authorization headers, OAuth parameters and prefixed API keys. */
export function redactText(text: string): string {
  return SECRET_SHAPES.reduce((result, [shape, replacement]) => result.replace(shape, replacement), text);
}

/** A copy of `value` in which fields with a secret's name, and secrets inside texts, are masked. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date || ArrayBuffer.isView(value)) return value instanceof Date ? value : '[binary]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const secret =
        SECRET_NAME.test(name) && item !== null && typeof item !== 'boolean' && item !== undefined;
      return [name, secret ? '[redacted]' : redact(item, depth + 1)];
    }),
  );
}

/** Errors hold more than they show: drivers attach queries, HTTP clients whole requests. Those are left out. */
function redactError(error: Error & { code?: unknown }, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: redactText(error.message),
    ...(error.code === undefined ? {} : { code: error.code }),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
