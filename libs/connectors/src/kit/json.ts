/** A number of sixteen digits or more where a JSON value may stand: it may not survive as a double. */
const maybeLong = /[:[,\s]-?\d{16}/;

/**
 * Parses JSON; integers that a double cannot hold come back as strings, digit for digit. Without this, two ids
 * beyond 2^53 that differ in the last digit become one record.
 */
export function parseJson(text: string): unknown {
  // The reviver with source text costs several times a plain parse, so only texts that may need it pay.
  if (!maybeLong.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown);
}

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context.source === undefined) return value;
  return /^-?\d+$/.test(context.source) ? context.source : value;
}
