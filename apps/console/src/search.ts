/** What a page keeps in the URL: strings only, of which a page may name the values that it knows. */
export type Search = Readonly<Record<string, unknown>>;

export const text = (value: unknown, maxLength = 200): string | undefined =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).slice(0, maxLength) || undefined
    : undefined;

export const oneOf = <const Value extends string>(
  values: readonly Value[],
  value: unknown,
): Value | undefined => values.find((known) => known === value);

/** Without what is undefined: it would stand in the URL as a name without a value. */
export function present<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value;
}
