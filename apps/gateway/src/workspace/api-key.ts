import { hash, randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 43 of 62 digits hold over 32 bytes. */
const DIGITS = 43;
const PREFIX_LENGTH = 'amdahl_sk_live_'.length + 4;

export interface FreshKey {
  /** Shown once, kept nowhere. */
  readonly key: string;
  /** Lower-case hex SHA-256 of the key. */
  readonly keyHash: string;
  /** By which its owner knows it. */
  readonly prefix: string;
}

/** A new API key: `amdahl_sk_live_` and 43 random base62 digits. */
export function freshKey(): FreshKey {
  let digits = '';
  while (digits.length < DIGITS) {
    // Bytes from 248 = 4 × 62 on are dropped, or the first digits would come up more often.
    for (const byte of randomBytes(64)) {
      if (byte < 248 && digits.length < DIGITS) digits += BASE62[byte % 62];
    }
  }
  const key = `amdahl_sk_live_${digits}`;
  return { key, keyHash: hash('sha256', key, 'hex'), prefix: key.slice(0, PREFIX_LENGTH) };
}
