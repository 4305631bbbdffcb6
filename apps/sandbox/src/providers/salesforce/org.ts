import { type Account } from '../account.js';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Eighteen characters: prefix of the kind, place, number in base 62, and three that tell capitals from small letters. */
export function idFrom(prefix: string, account: string, index: number): string {
  let number = Number(account) * 10_000_000 + index + 1_000;
  let text = '';
  for (; text.length < 10; number = Math.floor(number / 62)) text = digits[number % 62]! + text;
  const short = `${prefix}5g${text}`;
  const suffix = [0, 5, 10].map((from) => {
    let bits = 0;
    for (let bit = 0; bit < 5; bit++) if (/[A-Z]/.test(short[from + bit]!)) bits |= 1 << bit;
    return checks[bits]!;
  });
  return short + suffix.join('');
}

export const orgId = (account: string): string => idFrom('00D', account, 0);
export const orgName = (account: string): string => `Acme ${account} ☁️`;
/** Who approved. */
export const userId = (account: string): string => idFrom('005', account, 0);

/** The id of a record some row refers to; null where there is none, as for optional look-ups. */
export function lookUp(
  account: Account,
  stream: string,
  prefix: string,
  index: number | undefined,
): string | null {
  return index === undefined || account.collection(stream).size === 0
    ? null
    : idFrom(prefix, account.id, index);
}

/** `2026-05-01T07:25:37.000+0000`: whole seconds, and an offset without a colon. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000+0000`;
export const dateOnly = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
