/**
 * Handles and ids are the same thing written twice, so that an id stored yesterday still names its account in a
 * sandbox started today. `acme` is 1538291; any other handle of up to twelve characters has an id beyond 2^53.
 * Handles that begin with `missing` or `suspended`, and longer ones, belong to nobody; `protected…` are protected.
 */
const seeded = { handle: 'acme', id: '1538291' } as const;
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789_';
const base = BigInt(alphabet.length);
const offset = 10n ** 17n;
const longest = 12;

export const seededAccount: string = seeded.id;

/** The id behind a handle, or undefined when nobody has it. */
export function idOf(handle: string): string | undefined {
  const name = handle.toLowerCase();
  if (name === seeded.handle) return seeded.id;
  if (name.length > longest || /^(missing|suspended)/.test(name) || !/^[a-z0-9_]+$/.test(name))
    return undefined;
  let number = 0n;
  // Bijective: digits run from 1, so that `a` and `aa` differ.
  for (const character of name) number = number * base + BigInt(alphabet.indexOf(character) + 1);
  return String(offset + number);
}

/** The handle with this id, or undefined when nobody has it. */
export function handleOf(id: string): string | undefined {
  if (id === seeded.id) return seeded.handle;
  if (!/^\d{18,19}$/.test(id) || BigInt(id) <= offset) return undefined;
  let handle = '';
  for (let number = BigInt(id) - offset; number > 0n;) {
    const digit = number % base === 0n ? base : number % base;
    handle = alphabet[Number(digit) - 1]! + handle;
    number = (number - digit) / base;
  }
  return idOf(handle) === id ? handle : undefined;
}

export const isProtected = (handle: string): boolean => handle.startsWith('protected');
